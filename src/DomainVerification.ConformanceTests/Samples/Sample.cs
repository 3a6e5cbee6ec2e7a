using DomainVerification.Testing;

namespace DomainVerification.ConformanceTests.Samples;

/// <summary>Claims, events and work as the workflow makes them, numbered so that a fact can tell them apart.</summary>
internal static class Sample
{
    /// <summary>The present instant of all facts.</summary>
    public static readonly DateTimeOffset Now = ManualTimeProvider.DefaultStart;

    public static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    public static ClaimId Id(int number) => new(new Guid(number, 0, 0x7000, [0x80, 0, 0, 0, 0, 0, 0, 1]));

    public static Guid WorkId(int number) => new(number, 0, 0x7000, [0x80, 0, 0, 0, 0, 0, 0, 2]);

    /// <summary>What <see cref="Id"/> or <see cref="WorkId"/> was made of.</summary>
    public static int NumberOf(Guid id) => BitConverter.ToInt32(id.ToByteArray());

    public static int NumberOf(DomainClaim claim) => NumberOf(claim.Id.Value);

    public static int NumberOf(ClaimWork work) => NumberOf(work.Id);

    public static int NumberOf(HoldingRecord record) => NumberOf(record.Key.ClaimId.Value);

    public static DomainName Name(string name = "acme.example") => DomainName.Parse(name);

    /// <summary>A new claim, version 1, pending.</summary>
    public static DomainClaim Claim(int number = 1, string owner = "ann", string domain = "acme.example") => new()
    {
        Id = Id(number),
        Profile = string.Empty,
        Owner = owner,
        Domain = Name(domain),
        Status = ClaimStatus.Pending,
        Challenge = Challenge(1),
        Version = 1,
        CreatedAt = Now,
        CreatedBy = ClaimActor.User(owner),
        ModifiedAt = Now,
        ModifiedBy = ClaimActor.User(owner),
    };

    public static Challenge Challenge(int generation) => new()
    {
        Record = new ChallengeRecord
        {
            Method = ProofMethod.DnsTxt,
            Name = "_host-challenge.acme.example",
            ValueFormat = "token={token}",
        },
        Token = new StoredToken(StoredTokenSchemes.Clear, $"token-of-generation-{generation}"),
        Generation = generation,
        IssuedAt = Now,
    };

    public static ClaimEvent Event(DomainClaim claim, string type = ClaimEventTypes.Requested) => new()
    {
        Id = new Guid((int)claim.Version, 0, 0x7000, claim.Id.Value.ToByteArray()[..8]),
        Type = type,
        ClaimId = claim.Id,
        ClaimVersion = claim.Version,
        Profile = claim.Profile,
        Owner = claim.Owner,
        Domain = claim.Domain,
        To = claim.Status,
        Epoch = claim.Epoch,
        At = Now,
        Actor = ClaimActor.System,
    };

    public static ClaimWork Work(int number, string domain = "acme.example") => new()
    {
        Id = WorkId(number),
        Kind = ClaimWorkKind.Provision,
        ClaimId = Id(1),
        Profile = string.Empty,
        Owner = "ann",
        Domain = Name(domain),
        Epoch = number,
        CreatedAt = Now,
        DueAt = Now,
    };

    /// <summary>A record of a holding, version 1, never due.</summary>
    public static HoldingRecord Holding(int number = 1, string provisioner = "mail", long epoch = 1) => new()
    {
        Key = new HoldingKey(Id(number), epoch, provisioner),
        Profile = string.Empty,
        Owner = "ann",
        Domain = Name(),
        Version = 1,
        Data = $"data of {number}",
    };

    public static LeaseRequest Lease(DateTimeOffset now, int maximum = 10) => new(now, Minute, maximum);

    public static Guid RunId(int number) => new(number, 0, 0x7000, [0x80, 0, 0, 0, 0, 0, 0, 4]);

    public static IdempotencyKey Key(int number) => new("tenant/7", $"key-{number}");

    /// <summary>A request whose run has a lease of a minute and whose key is remembered for a day.</summary>
    public static IdempotencyRequest Request(int number) => new()
    {
        Key = Key(number),
        Fingerprint = new byte[] { 1, 2, 3 },
        Run = RunId(number),
        Now = Now,
        LeaseDuration = Minute,
        Lifetime = TimeSpan.FromDays(1),
    };

    extension(DomainClaim claim)
    {
        /// <summary>The next state of the claim, as a commit takes it.</summary>
        public DomainClaim Next(ClaimStatus? status = null, long? epoch = null) =>
            claim with { Version = claim.Version + 1, Status = status ?? claim.Status, Epoch = epoch ?? claim.Epoch };

        /// <summary>The claim with a challenge of another generation.</summary>
        public DomainClaim OfGeneration(int generation) => claim with { Challenge = Challenge(generation) };
    }
}
