using System.Text.RegularExpressions;
using DomainVerification.Dns;

namespace DomainVerification.RealServers.Tests.Hosts;

/// <summary>What BIND's <c>dig</c> makes of the same question, in the terms of a <see cref="DnsLookup"/>.</summary>
/// <param name="Status">The response code.</param>
/// <param name="Aliases">
/// The targets of the aliases, in their order and in lower case: a cache remembers the case of the question that filled it.
/// </param>
/// <param name="Records">The data of the records of the type, sorted.</param>
internal sealed partial record Dig(string Status, string Aliases, string Records)
{
    /// <summary>Asks all the questions in one run, and answers them in their order.</summary>
    internal static async Task<IReadOnlyList<Dig>> AskAsync(
        DnsServerEndpoint server,
        IReadOnlyList<(string Name, DnsRecordType Type)> questions)
    {
        string[] common = [$"@{server.Address}", "-p", $"{server.Port}", "+noall", "+comments", "+answer", "+nosplit"];
        var output = await Command.RunAsync("dig", common.Concat(questions.SelectMany(asked => (string[])[asked.Name, $"{asked.Type}"])));
        var responses = output.Split(";; Got answer:")[1..];
        Assert.Equal(questions.Count, responses.Length);
        return [.. responses.Zip(questions, (response, asked) => Read(response, asked.Type))];
    }

    /// <summary>Writes a look-up as <c>dig</c> would.</summary>
    internal static Dig Of(DnsLookup lookup) => new(
        lookup.Status switch
        {
            DnsLookupStatus.Answered or DnsLookupStatus.NoData => "NOERROR",
            DnsLookupStatus.NxDomain => "NXDOMAIN",
            DnsLookupStatus.Refused => "REFUSED",
            DnsLookupStatus.ServerFailure => "SERVFAIL",
            _ => lookup.Status.ToString(),
        },
        Join(lookup.Aliases.Select(alias => $"{alias.Target}.".ToLowerInvariant())),
        Join(lookup.Records.Select(Data).Order(StringComparer.Ordinal)));

    private static Dig Read(string response, DnsRecordType type)
    {
        var answers = response.Split('\n')
            .Where(line => line.Length > 0 && line[0] != ';')
            .Select(line => line.Split((char[])['\t', ' '], 5, StringSplitOptions.RemoveEmptyEntries))
            .ToList();
        return new Dig(
            StatusPattern().Match(response).Groups[1].Value,
            Join(answers
                .Where(fields => fields[3] == "CNAME" && type != DnsRecordType.CNAME)
                .Select(fields => fields[4].ToLowerInvariant())),
            Join(answers.Where(fields => fields[3] == $"{type}").Select(fields => fields[4]).Order(StringComparer.Ordinal)));
    }

    private static string Data(DnsRecord record) => record switch
    {
        DnsTxtRecord text => string.Join(' ', text.Strings.Select(part => $"\"{string.Concat(part.ToArray().Select(Character))}\"")),
        DnsCnameRecord alias => $"{alias.Target}.",
        DnsNsRecord server => $"{server.Server}.",
        DnsMxRecord mail => $"{mail.Preference} {mail.Exchange}.",
        DnsARecord host => host.Address.ToString(),
        DnsAaaaRecord host => host.Address.ToString(),
        _ => throw new NotSupportedException($"{record.Type}"),
    };

    private static string Character(byte octet) => octet switch
    {
        (byte)'"' or (byte)'\\' => $"\\{(char)octet}",
        >= 0x20 and <= 0x7E => $"{(char)octet}",
        _ => $"\\{octet:D3}",
    };

    private static string Join(IEnumerable<string> parts) => string.Join('\n', parts);

    [GeneratedRegex("status: ([A-Z]+)")]
    private static partial Regex StatusPattern();
}
