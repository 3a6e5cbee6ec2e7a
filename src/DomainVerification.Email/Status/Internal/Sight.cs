namespace DomainVerification.Email.Status.Internal;

/// <summary>What a look at a record came to.</summary>
internal enum SightKind
{
    /// <summary>It is there, as wanted.</summary>
    Found,

    /// <summary>DNS answered, and it is not there.</summary>
    Missing,

    /// <summary>DNS could not be asked. Nothing is known.</summary>
    Unknown,
}

/// <summary>What a look at a record came to.</summary>
/// <param name="Kind">Whether it was there.</param>
/// <param name="Problem">What is wrong; <see langword="null"/> where it was there.</param>
/// <param name="NegativeTtl">How long resolvers may go on denying the record, where the zone told.</param>
internal sealed record Sight(SightKind Kind, RecordProblem? Problem = null, TimeSpan? NegativeTtl = null)
{
    public static Sight Found { get; } = new(SightKind.Found);
}
