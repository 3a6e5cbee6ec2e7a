namespace DomainVerification.Vendors.Tests.Hosts;

/// <summary>Bodies that no honest client sends.</summary>
internal static class HostileBodies
{
    /// <summary>Values of JSON, as they stand in a body.</summary>
    public static IReadOnlyList<string> Values { get; } =
    [
        "null", "true", "7", "1e999", "[]", "{}", "[null]", "[[]]", """[{"domain":null}]""", """[{"domain":"cisco.com"},null]""",
        "\"\"", "\" \"", "\"\\u0000\"", "\"acme\\u0000.com\"", "\"\\ud800\"", "\"\\udc00.com\"",
        "\"\\u202eacme.com\"", "\"xn--.com\"", "\"xn--a.com\"", "\"..\"", "\".\"", "\"a..com\"", "\"*.com\"",
        "\"127.0.0.1\"", "\"0x7f.1\"", "\"[::1]\"", "\"com\"", "\"localhost\"", "\"-a.com\"", "\"a_b.com\"", "\"a'b;--.com\"",
        "\"//8=\"", "\"AAAA\"", "\"gICA\"", "\"====\"", $"\"{new string('a', 64)}.com\"", $"\"{string.Concat(Enumerable.Repeat("a.", 130))}com\"",
        $"\"{new string('é', 2000)}.com\"", $"\"{new string('a', 15000)}\"", new string('[', 100) + new string(']', 100),
    ];

    /// <summary>Whole bodies for an endpoint whose members are these.</summary>
    public static IEnumerable<string> Of(params string[] members)
    {
        foreach (var value in Values)
        {
            yield return value;
            yield return $"{{{string.Join(',', members.Select(member => $"\"{member}\":{value}"))}}}";
            yield return $"{{\"domain\":\"acme.com\",\"domain\":{value}}}";
            yield return $"{{\"{members[0]}\":{value},\"unknown\":{value}";
        }
    }
}
