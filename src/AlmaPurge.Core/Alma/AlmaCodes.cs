namespace AlmaPurge.Core.Alma;

/// <summary>Alma's error codes that something here or in a step depends on (documented in the OpenAPI files).</summary>
public static class AlmaCodes
{
    /// <summary>No such user.</summary>
    public const string UserNotFound = "401861";

    /// <summary>No such user of this identifier type.</summary>
    public const string UserNotFoundByType = "401890";

    /// <summary>The user was not deleted.</summary>
    public const string UserNotDeleted = "401850";

    /// <summary>A set of this name exists.</summary>
    public const string SetNameExists = "402263";

    /// <summary>No such set.</summary>
    public const string SetNotFound = "60107";

    /// <summary>Not an id of a set.</summary>
    public const string SetIdInvalid = "402264";

    /// <summary>The set was not deleted. Why is not documented; that a job on it is a cause is inferred.</summary>
    public const string SetNotDeleted = "402282";

    /// <summary>Already in the set; the message names the ids.</summary>
    public const string MemberAlreadyInSet = "60115";

    /// <summary>Not an id of a user; the message names it.</summary>
    public const string MemberInvalid = "60116";

    /// <summary>Not in the set.</summary>
    public const string MemberNotInSet = "60117";

    /// <summary>More than 1,000 members in one call.</summary>
    public const string TooManyMembers = "60118";

    /// <summary>The same member twice in one call.</summary>
    public const string MemberTwice = "60119";

    /// <summary>Not an id of this type; the message names it.</summary>
    public const string MemberInvalidForType = "60120";

    /// <summary>Not an id that a job could have.</summary>
    public const string JobIdMalformed = "402215";

    /// <summary>No such job.</summary>
    public const string JobNotFound = "402216";

    /// <summary>No such run of a job.</summary>
    public const string JobInstanceNotFound = "402218";

    /// <summary>Too many jobs run.</summary>
    public const string TooManyJobsRunning = "402222";

    /// <summary>This job was started too often in the last hour.</summary>
    public const string TooManyJobStarts = "402223";

    /// <summary>A job that runs is in the way.</summary>
    public const string JobOverlaps = "60347";

    /// <summary>A mandatory job parameter is missing.</summary>
    public const string JobParameterMissing = "402228";

    /// <summary>A mandatory job parameter is empty.</summary>
    public const string JobParameterEmpty = "402229";

    /// <summary>Asked for more of a report than it has.</summary>
    public const string NoMoreRows = "420033";

    /// <summary>Something broke inside; also a report path that is wrong or may not be read (seen).</summary>
    public const string InternalError = "INTERNAL_SERVER_ERROR";

    /// <summary>The gateway: unknown key, or a key without this area.</summary>
    public const string Unauthorized = "UNAUTHORIZED";

    /// <summary>The gateway: the calls of today are used up.</summary>
    public const string DailyThreshold = "DAILY_THRESHOLD";

    /// <summary>The gateway: too many requests a second.</summary>
    public const string PerSecondThreshold = "PER_SECOND_THRESHOLD";
}
