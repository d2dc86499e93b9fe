namespace AlmaPurge;

/// <summary>Which of an institution's environments a connection reaches; the API key alone decides it.</summary>
public enum AlmaEnvironmentType
{
    /// <summary>The live library. Also assumed where Alma's answer is not understood.</summary>
    Production,

    /// <summary>The institution's own Alma sandbox.</summary>
    Sandbox,

    /// <summary>The make-believe Alma that comes with this module.</summary>
    Simulated,
}

/// <summary>How thoroughly fees are checked live.</summary>
public enum AlmaFeeCheck
{
    /// <summary>Reads each patron's fees in the statuses ACTIVE, INDISPUTE and EXPORTED: up to three more calls each.</summary>
    Full,

    /// <summary>Only the balance in the user record: disputed and exported fees are not seen.</summary>
    Balance,
}

/// <summary>Alma's Delete User Policy, which decides what a purge leaves behind. No API can read it.</summary>
public enum AlmaDeleteUserPolicy
{
    /// <summary>"Keep fully reportable": status Deleted, identifying string deactivated, the rest stays.</summary>
    KeepFullyReportable,

    /// <summary>"Keep statistics": statistics and non-identifying data stay; the primary id moves into the last name.</summary>
    KeepStatistics,

    /// <summary>"Keep statistics and remove primary ID": as before, with an internal id instead.</summary>
    KeepStatisticsRemoveId,

    /// <summary>"Fully remove": nothing stays.</summary>
    FullyRemove,
}

/// <summary>How the purge itself is done.</summary>
public enum AlmaPurgeRoute
{
    /// <summary>Alma's set-based job "Purge users".</summary>
    SetJob,

    /// <summary>One DELETE for each patron, each proven by a GET just before.</summary>
    UserDelete,

    /// <summary>Alma's classic page "Purge User Records", run by staff with values that are written down for them.</summary>
    Handoff,
}

/// <summary>What is done where Alma starts no further job now.</summary>
public enum AlmaWhenBusy
{
    /// <summary>Stop with an error; nothing is started.</summary>
    Stop,

    /// <summary>Wait and try again, everybody being looked at anew before each attempt.</summary>
    Wait,
}

/// <summary>How far a run has come.</summary>
public enum AlmaPurgeRunState
{
    /// <summary>Made, nothing imported yet.</summary>
    New,

    /// <summary>Candidates imported.</summary>
    Imported,

    /// <summary>All remaining candidates checked live.</summary>
    Checked,

    /// <summary>The user set is built and read back.</summary>
    SetBuilt,

    /// <summary>Purge date and purge group are set and read back.</summary>
    Marked,

    /// <summary>
    /// The purge was handed over to staff, who may run it at any moment. Whether they have shows only in who is gone.
    /// </summary>
    HandedOver,

    /// <summary>The purge was started. It cannot be stopped.</summary>
    PurgeStarted,

    /// <summary>Each patron was looked up after the purge.</summary>
    Verified,

    /// <summary>The marking was taken back before any purge; the run is at its end.</summary>
    Undone,

    /// <summary>A step began and never ended; the run says which.</summary>
    Partial,

    /// <summary>A preview that came to the purge: nothing of it has happened in Alma.</summary>
    Previewed,

    /// <summary>The run folder is damaged and cannot be worked with; NextStep says what is wrong.</summary>
    Broken,
}

/// <summary>What became of one patron.</summary>
public enum AlmaPurgeStatus
{
    /// <summary>Gone from Alma, looked up after the purge.</summary>
    Purged,

    /// <summary>Still in Alma; Rule and Detail say why.</summary>
    Kept,

    /// <summary>Could not be told; a person has to look.</summary>
    Unknown,

    /// <summary>Purged, and created anew since.</summary>
    Recreated,

    /// <summary>Preview: would be purged.</summary>
    WouldPurge,
}

/// <summary>What came of taking back the marking of one patron.</summary>
public enum AlmaUndoStatus
{
    /// <summary>Has group and purge date from before again, read back.</summary>
    Restored,

    /// <summary>Left alone: nothing on the record is as the run set it.</summary>
    Unchanged,

    /// <summary>No longer in Alma.</summary>
    Gone,

    /// <summary>Could not be given back; a person has to look.</summary>
    Failed,

    /// <summary>Preview: would be given back.</summary>
    WouldRestore,
}
