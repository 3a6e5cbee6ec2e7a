namespace DomainVerification;

/// <summary>How the saving of a record ended.</summary>
public enum HoldingSaveStatus
{
    /// <summary>It was saved.</summary>
    Saved,

    /// <summary>Nothing was saved, because somebody else was faster: the stored record is not of the version before. Read again.</summary>
    VersionConflict,
}
