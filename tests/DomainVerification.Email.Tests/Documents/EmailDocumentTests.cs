using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using DomainVerification.Email.Status.Internal;

namespace DomainVerification.Email.Tests.Documents;

/// <summary>Holds <c>docs/email-identities.md</c> against the code.</summary>
public sealed partial class EmailDocumentTests
{
    private static readonly string[] Page =
        File.ReadAllLines(Path.Combine(RepositoryFiles.Root, "docs", "email-identities.md"));

    [Fact]
    public void The_table_of_moves_is_that_of_the_code() => Assert.Equal(
        StatusTable.Moves.Select(move => $"{move.From.ToWireName()} {move.On} {move.To.ToWireName()}"),
        Table("From").Select(cells => string.Join(' ', cells)));

    [Fact]
    public void The_diagram_shows_the_moves_of_the_code() => Assert.Equal(
        StatusTable.Moves.Select(move => $"{move.From.ToWireName()} --> {move.To.ToWireName()}: {move.On}").Prepend("[*] --> pending"),
        Page.Where(line => line.Contains("-->", StringComparison.Ordinal)).Select(line => line.Trim()));

    [Fact]
    public void The_table_of_problems_has_every_code() => Assert.Equal(
        typeof(RecordProblemCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetValue(null)!),
        Table("code").Select(cells => cells[0]));

    [Fact]
    public void The_table_of_options_has_every_option_with_its_default()
    {
        var documented = Table("Option").ToDictionary(cells => cells[0], cells => cells[1]);
        var coded = Options(new EmailIdentityOptions(), string.Empty).ToDictionary(pair => pair.Name, pair => pair.Value);

        Assert.Equal(coded.Keys.Order(), documented.Keys.Order());
        Assert.All(
            coded.Where(pair => pair.Key is not ("Regions" or "UsedRegions")),
            pair => Assert.Equal(pair.Value, documented[pair.Key].Split(',')[0]));
        Assert.Equal($"{EmailRegion.Default.Id}`, \"{EmailRegion.Default.Name}\"", documented["Regions"]);
    }

    [Fact]
    public void The_table_of_events_has_every_message_of_the_code()
    {
        var log = typeof(SendingIdentity).Assembly.GetType("DomainVerification.Email.Diagnostics.EmailDiagnostics+Log")!;
        var coded = log.GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Select(method => method.GetCustomAttribute<Microsoft.Extensions.Logging.LoggerMessageAttribute>())
            .OfType<Microsoft.Extensions.Logging.LoggerMessageAttribute>()
            .OrderBy(attribute => attribute.EventId)
            .Select(attribute => string.Create(CultureInfo.InvariantCulture, $"{attribute.EventId} `{attribute.EventName}"));

        Assert.Equal(coded, Table("event").Select(cells => cells[0]));
    }

    private static IEnumerable<(string Name, string Value)> Options(object options, string prefix)
    {
        foreach (var property in options.GetType().GetProperties())
        {
            var value = property.GetValue(options);
            if (value is EmailStreamOptions or EmailCheckOptions)
            {
                foreach (var inner in Options(value, $"{property.Name}:"))
                {
                    yield return inner;
                }
            }
            else
            {
                var text = Convert.ToString(value, CultureInfo.InvariantCulture);
                yield return (prefix + property.Name, string.IsNullOrEmpty(text) ? "none" : text);
            }
        }
    }

    /// <summary>The cells of the table whose first column has this header, without the back-ticks at their ends.</summary>
    private static IEnumerable<string[]> Table(string header)
    {
        var start = Array.FindIndex(Page, line => line.StartsWith($"| {header} |", StringComparison.Ordinal));
        Assert.True(start >= 0, $"There is no table that begins with '{header}'.");
        return Page.Skip(start + 2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => Cell().Matches(line).Select(match => match.Groups[1].Value.Trim(' ', '`')).ToArray());
    }

    [GeneratedRegex(@"(?<=\|)([^|]*)(?=\|)")]
    private static partial Regex Cell();
}
