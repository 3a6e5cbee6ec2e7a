namespace DomainVerification.Email;

/// <summary>What is to be done about a record of a plan.</summary>
public enum PlanAction
{
    /// <summary>Publish it; nothing is in its way, as far as could be seen.</summary>
    Add,

    /// <summary>Nothing: DNS holds it already.</summary>
    AlreadyThere,

    /// <summary>Publish it in the place of the existing records that are marked <see cref="ExistingRecord.IsReplaced"/>.</summary>
    Replace,

    /// <summary>Not yet: publishing it would fail or break something. <see cref="DnsPlanRecord.Problems"/> says what to do first.</summary>
    Conflict,
}
