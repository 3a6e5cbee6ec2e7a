using DomainVerification.Testing;
using static DomainVerification.ProofDiagnosisCodes;

namespace DomainVerification.Tests.Proofs.Batches;

/// <summary>Proofs of every kind below one domain, each some times, and what a check is to say of each.</summary>
/// <param name="domain">The domain.</param>
/// <param name="zones">Its zone, at each of its servers.</param>
internal sealed class MixedProofs(string domain, params DnsZone[] zones)
{
    private const string Right = "token=" + CheckWorld.Token;
    private const string SpentToken = "0123456789abcdefghijklmnopqrstuv";

    private static readonly SpentToken[] Spent = [new(1, new StoredToken(StoredTokenSchemes.Clear, SpentToken))];

    public List<ProofRequest> Requests { get; } = [];

    /// <summary>The diagnoses that the requests are to come to.</summary>
    public List<string> Codes { get; } = [];

    /// <summary>Adds so many of each kind.</summary>
    public MixedProofs AddAll(int times)
    {
        for (var i = 0; i < times; i++)
        {
            AddText($"right{i}", Proved, Right);
            AddText($"among{i}", Proved, "v=spf1 -all", Right, "token=other");
            AddText($"spent{i}", TokenSpent, "token=" + SpentToken);
            AddText($"other{i}", ValueMismatch, "token=other");
            AddText($"quoted{i}", ValueQuoted, $"\"{Right}\"");
            AddText($"missing{i}", RecordNotFound);
            AddText($"mute{i}", RecordNotFound, isExplained: false);
            AddText($"alias{i}", Proved, alias: $"right{i}.{domain}.");
            AddText($"loop{i}", AliasBroken, alias: $"loop{i}.{domain}.");
            AddCname($"cname{i}", Proved, CheckWorld.Token);
            AddCname($"cname-other{i}", ValueMismatch, "other");
        }

        return this;
    }

    /// <summary>Adds a record of text.</summary>
    public void AddText(string label, string code, params string[] texts) => AddText(label, code, isExplained: true, null, texts);

    private void AddText(string label, string code, bool isExplained = true, string? alias = null, params string[] texts)
    {
        foreach (var zone in zones)
        {
            Array.ForEach(texts, text => zone.Txt(label, text));
            if (alias is not null)
            {
                zone.Cname(label, alias);
            }
        }

        Add(label, code, ProofMethod.DnsTxt, "token={token}", isExplained);
    }

    private void AddCname(string label, string code, string token)
    {
        foreach (var zone in zones)
        {
            zone.Cname(label, $"{token}.verify.host.example.");
        }

        Add(label, code, ProofMethod.DnsCname, "{token}.verify.host.example", isExplained: true);
    }

    private void Add(string label, string code, ProofMethod method, string format, bool isExplained)
    {
        var record = new ChallengeRecord { Method = method, Name = $"{label}.{domain}", ValueFormat = format };
        Requests.Add(ProofRequests.For(domain, record, spent: Spent) with { Explains = isExplained });
        Codes.Add(code);
    }
}
