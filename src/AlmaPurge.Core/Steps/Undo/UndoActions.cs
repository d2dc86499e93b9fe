namespace AlmaPurge.Core.Steps;

/// <summary>What the journal calls the changes of the undo that no other step makes.</summary>
internal static class UndoActions
{
    /// <summary>Making a set of patrons who get the same values back.</summary>
    public const string CreateSet = "CreateUndoSet";

    /// <summary>Adding members to it.</summary>
    public const string AddMembers = "AddUndoMembers";

    /// <summary>Starting the job that gives back the values.</summary>
    public const string RunJob = "RunUndoJob";

    /// <summary>Deleting the set, which has served.</summary>
    public const string DeleteSet = "DeleteUndoSet";
}
