using DomainVerification.Dns;

namespace DomainVerification.Proofs.Internal;

/// <summary>A value that was found where the proof should be, and what it is.</summary>
/// <param name="record">The record that holds it: TXT or CNAME.</param>
/// <param name="verdict">See <see cref="Verdict"/>.</param>
internal sealed class JudgedValue(DnsRecord record, ObservedVerdict verdict)
{
    // The strings of one record are 255 octets long at most each, and no token needs a second one.
    private const int MaxQuickLength = DnsTxtRecord.MaxStringLength;

    /// <summary>The value as a text.</summary>
    public string Text { get => field ??= TextOf(record); } = null!;

    public TimeSpan TimeToLive => record.TimeToLive;

    public ObservedVerdict Verdict => verdict;

    /// <summary>Judges every record by itself.</summary>
    public static async ValueTask<IReadOnlyList<JudgedValue>> ReadAsync(
        IReadOnlyList<DnsRecord> records,
        ProofRequest request,
        CancellationToken cancellationToken)
    {
        if (records.Count == 0)
        {
            return [];
        }

        var judged = new List<JudgedValue>(records.Count);
        for (var i = 0; i < records.Count; i++)
        {
            if (records[i] is DnsTxtRecord or DnsCnameRecord)
            {
                var verdict = await JudgeAsync(TextOf(records[i]), request, cancellationToken).ConfigureAwait(false);
                judged.Add(new JudgedValue(records[i], verdict));
            }
        }

        return judged;
    }

    /// <summary>Whether a TXT record holds the token, found out without making texts of it. False says nothing.</summary>
    /// <param name="data">The data of the record.</param>
    /// <param name="request">What is looked for.</param>
    public static bool IsToken(ReadOnlySpan<byte> data, ProofRequest request)
    {
        Span<char> text = stackalloc char[MaxQuickLength];
        return DnsTxtRecord.TryCopyAscii(data, text, out var length)
            && TokenExtractor.TryExtract(text[..length], request.Record.ValueFormat, out var token)
            && request.Token.IsCurrent(token);
    }

    private static async ValueTask<ObservedVerdict> JudgeAsync(string text, ProofRequest request, CancellationToken cancellationToken)
    {
        if (TokenExtractor.Extract(text, request.Record.ValueFormat) is not { } token)
        {
            return ObservedVerdict.Unrelated;
        }

        return await request.Token.MatchAsync(token, cancellationToken).ConfigureAwait(false) switch
        {
            TokenMatch.Current => ObservedVerdict.Match,
            TokenMatch.Spent => ObservedVerdict.SpentToken,
            _ => ObservedVerdict.OtherToken,
        };
    }

    private static string TextOf(DnsRecord record) =>
        record is DnsTxtRecord text ? text.Text : ((DnsCnameRecord)record).Target.ToString().ToLowerInvariant();
}
