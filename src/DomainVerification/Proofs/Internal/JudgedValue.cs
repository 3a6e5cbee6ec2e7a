using DomainVerification.Dns;

namespace DomainVerification.Proofs.Internal;

/// <summary>A value that was found where the proof should be, and what it is.</summary>
internal sealed record JudgedValue(string Text, TimeSpan TimeToLive, ObservedVerdict Verdict)
{
    /// <summary>Judges every record by itself.</summary>
    public static async ValueTask<List<JudgedValue>> ReadAsync(
        IReadOnlyList<DnsRecord> records,
        ProofRequest request,
        CancellationToken cancellationToken)
    {
        var judged = new List<JudgedValue>(records.Count);
        for (var i = 0; i < records.Count; i++)
        {
            var record = records[i];
            var text = record switch
            {
                DnsTxtRecord txt => txt.Text,
                DnsCnameRecord cname => cname.Target.ToString().ToLowerInvariant(),
                _ => null,
            };
            if (text is not null)
            {
                var verdict = TokenExtractor.Extract(text, request.Record.ValueFormat) is { } token
                    ? VerdictOf(await request.Token.MatchAsync(token, cancellationToken).ConfigureAwait(false))
                    : ObservedVerdict.Unrelated;
                judged.Add(new JudgedValue(text, record.TimeToLive, verdict));
            }
        }

        return judged;
    }

    private static ObservedVerdict VerdictOf(TokenMatch match) => match switch
    {
        TokenMatch.Current => ObservedVerdict.Match,
        TokenMatch.Spent => ObservedVerdict.SpentToken,
        _ => ObservedVerdict.OtherToken,
    };
}
