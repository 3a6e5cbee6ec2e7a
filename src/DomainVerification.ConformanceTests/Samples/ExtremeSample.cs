using System.Globalization;

namespace DomainVerification.ConformanceTests.Samples;

/// <summary>Records whose every field is set, and set to the most that the contract allows.</summary>
internal static class ExtremeSample
{
    /// <summary>Text that breaks what joins text, quotes it wrongly or counts it in bytes.</summary>
    private const string Awkward = "'\"\\%_{0};--\r\n\t\u00e9e\u0301\u0130\u00df\u202e\ud83d\ude00<b>&amp;$1 ";

    /// <summary>The longest name there can be.</summary>
    private static readonly string LongName =
        string.Join('.', Enumerable.Repeat(new string('a', 63), 3)) + "." + new string('b', 53) + ".example";

    /// <summary>The latest instant that appears anywhere, with a whole number of milliseconds.</summary>
    private static readonly DateTimeOffset Late = new(2100, 12, 31, 23, 59, 59, 999, TimeSpan.Zero);

    private static readonly ClaimActor Actor = ClaimActor.User(Text(DomainClaim.MaximumOwnerLength));

    private static readonly DomainVerificationError Error = new("a_code_of_a_later_version", Text(4000));

    public static ProofEvidence Evidence { get; } = new()
    {
        Method = ProofMethod.DnsCname,
        RecordName = LongName,
        Server = Text(300),
        Aliases = [.. Enumerable.Range(0, 16).Select(number => $"alias-{number}.{LongName}")],
        TimeToLive = TimeSpan.FromSeconds(int.MaxValue),
        Generation = int.MaxValue,
        ValueDigest = new string('f', 64),
        ObservedAt = Late,
    };

    private static readonly IReadOnlyList<ProvisionedIdentity> Identities =
    [
        new()
        {
            Id = Text(300),
            Kind = "a kind of a later version",
            Provisioner = Text(256),
            Records =
            [
                new IdentityRecord("MX", LongName, "mail.host.example", 0),
                new IdentityRecord("MX", LongName, "mail.host.example", 65535),
                new IdentityRecord("TXT", LongName, Text(2000)),
            ],
        },
        new() { Id = string.Empty, Kind = "marketing" },
    ];

    private static readonly ClaimTransfer Transfer = new()
    {
        State = TransferState.Undone,
        OpenedAt = Sample.Now - Sample.Millisecond,
        Reasons = [TransferReasons.PendingWork, "a_reason_of_a_later_version", Text(TransferDecision.MaximumReasonLength)],
        Until = Late,
        Verdict = new TransferVerdict(ClaimActor.User(Text(DomainClaim.MaximumOwnerLength)), Late, Text(1024)),
        Holder = new TransferHolder(
            new ClaimId(new Guid("01eeddcc-bbaa-7988-8766-554433221101")),
            (1L << 53) - 1,
            new HolderActivity { LastUsedAt = Late, PendingWork = int.MaxValue, RecentUses = long.MaxValue },
            new ClaimCheck(Late, ProofOutcome.NotProved, "another_diagnosis_of_a_later_version"),
            Evidence),
    };

    public static DomainClaim Claim { get; } = new()
    {
        Id = new ClaimId(new Guid("ffeeddcc-bbaa-7988-8766-554433221100")),
        Profile = Text(100),
        Owner = Text(DomainClaim.MaximumOwnerLength),
        Domain = DomainName.Parse(LongName),
        Status = ClaimStatus.Provisioning,
        Exclusivity = DomainExclusivity.Shared,
        Challenge = new Challenge
        {
            Record = new ChallengeRecord
            {
                Method = ProofMethod.DnsCname,
                Name = LongName,
                ValueFormat = Text(2000),
                TimeToLive = TimeSpan.FromSeconds(int.MaxValue),
                DelegatedName = LongName,
            },
            Token = new StoredToken(new string('s', 32), new string('~', 512)),
            Generation = int.MaxValue,
            IssuedAt = Late,
            ExpiresAt = Late,
        },
        SpentTokens =
        [
            .. Enumerable.Range(1, DomainClaim.MaximumSpentTokens).Select(number => new SpentToken(
                int.MaxValue - number,
                new StoredToken("a-later-scheme", new string((char)('a' + number), 512)))),
        ],
        Proof = new ClaimProof(Sample.Now - Sample.Millisecond, Late, Evidence),
        LastCheck = new ClaimCheck(Late, ProofOutcome.Inconclusive, "a_diagnosis_of_a_later_version"),
        Attempts = int.MaxValue,
        Rechecks = int.MaxValue - 1,
        DueAt = Late,
        Epoch = (1L << 53) + 1,
        Identities = Identities,
        Provisioning =
        [
            new ProvisioningStep(Text(256), ProvisioningStepState.Failed, Error),
            new ProvisioningStep("PROVISIONER", ProvisioningStepState.Done, Error),
        ],
        Transfer = Transfer,
        Health = new ClaimHealth(ProofHealth.Lapsed, Late, int.MaxValue, Late - Sample.Millisecond),
        Properties = Enumerable.Range(0, DomainClaim.MaximumProperties - 4)
            .Select(number => KeyValuePair.Create(Text(60) + number.ToString("d4", CultureInfo.InvariantCulture), Text(1024)))
            .Concat([new("case", "lower"), new("CASE", "upper"), new("case ", "space"), new("empty", string.Empty)])
            .ToDictionary(StringComparer.Ordinal),
        Version = 1,
        CreatedAt = Sample.Now + Sample.Millisecond,
        CreatedBy = Actor,
        ModifiedAt = Late,
        ModifiedBy = ClaimActor.System,
    };

    public static ClaimEvent Event { get; } = new()
    {
        Id = new Guid("00112233-4455-7677-8899-aabbccddeeff"),
        Type = "a_type_of_a_later_version",
        ClaimId = Claim.Id,
        ClaimVersion = 1,
        Profile = Claim.Profile,
        Owner = Claim.Owner,
        Domain = Claim.Domain,
        From = ClaimStatus.Canceled,
        To = ClaimStatus.Provisioning,
        Epoch = (1L << 53) + 1,
        At = Late,
        Actor = Actor,
        Evidence = Evidence,
        Reason = Text(4000),
    };

    public static ClaimWork Work { get; } = new()
    {
        Id = new Guid("80112233-4455-7677-8899-aabbccddeeff"),
        Kind = ClaimWorkKind.Notify,
        Target = Text(256),
        ClaimVersion = (1L << 53) + 1,
        ClaimId = Claim.Id,
        Profile = Claim.Profile,
        Owner = Claim.Owner,
        Domain = Claim.Domain,
        Epoch = (1L << 53) + 1,
        Identities = Identities,
        CreatedAt = Sample.Now - Sample.Millisecond,
        DueAt = Sample.Now - Sample.Millisecond,
        Attempts = 7,
        LastError = Error,
    };

    public static HoldingRecord Holding { get; } = new()
    {
        Key = new HoldingKey(Claim.Id, (1L << 53) + 1, Text(HoldingKey.MaximumProvisionerLength)),
        Profile = Claim.Profile,
        Owner = Claim.Owner,
        Domain = Claim.Domain,
        Version = 1,
        DueAt = Late,
        Data = Text(HoldingRecord.MaximumDataLength),
    };

    /// <summary>Well-formed text of a length, made of what is awkward.</summary>
    internal static string Text(int length)
    {
        var text = string.Concat(Enumerable.Repeat(Awkward, (length / Awkward.Length) + 1))[..length];
        return char.IsHighSurrogate(text[^1]) ? text[..^1] + "x" : text;
    }
}
