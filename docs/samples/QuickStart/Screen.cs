using System.Globalization;
using DomainVerification;
using DomainVerification.Email;

namespace QuickStart;

/// <summary>Shows what happens, step by step.</summary>
internal sealed class Screen
{
    private readonly bool _colours = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null;
    private int _step;

    public void Title(string text) => Console.WriteLine(Paint(text, "1"));

    /// <summary>Shows what an earlier run left in the database.</summary>
    public void Found(string owner, ClaimPage page)
    {
        foreach (var claim in page.Claims)
        {
            Line(Paint("was", "35"), $"{owner} had {claim.Domain}: {claim.Status}, version {claim.Version}, last changed {claim.ModifiedAt:u}");
        }
    }

    public void Step(string text)
    {
        Console.WriteLine();
        Console.WriteLine(Paint(string.Create(CultureInfo.InvariantCulture, $"{++_step}. {text}"), "1;36"));
    }

    public void Show(ClaimResult result)
    {
        var claim = result.Claim is { } found ? $"{found.Owner} is {found.Status}" : "no claim";
        Line(result.Error is null ? Paint("ok ", "32") : Paint("no ", "33"), $"{result.Status}: {claim}");
        if (result.Error is { } error)
        {
            Line("   ", $"{error.Code}: {error.Message}");
        }

        if (result is { Status: ClaimResultStatus.Done, Instructions: { } instructions })
        {
            Line("   ", $"publish  {instructions.RecordName}  {instructions.RecordType}  \"{instructions.RecordValue}\"");
            Line("   ", $"in the zone {instructions.Zone} the short name is {instructions.RelativeName}");
        }

        foreach (var seen in result.Report?.Observations ?? [])
        {
            Line("   ", $"asked {seen.Server} over {seen.Transport} for {seen.Question}: {seen.Answer}");
            foreach (var value in seen.Values)
            {
                Line("   ", $"  saw \"{value.Text}\" ({value.Verdict})");
            }
        }
    }

    public void Show(SendingIdentityResult result)
    {
        foreach (var identity in result.Identities)
        {
            Line(Paint("id ", "34"), $"{identity.Kind.ToWireName()} in {identity.RegionName}: {Colour(identity.Status)}");
            Line("   ", $"DKIM {identity.DkimStatus.ToWireName()}, MAIL FROM {identity.MailFromDomain} {identity.MailFromStatus.ToWireName()}");
            foreach (var record in identity.DnsRecords)
            {
                Line("   ", $"  {record.Status.ToWireName(),-8} {record.Type,-5} {record.Name}{(record.IsOptional ? " (optional)" : string.Empty)}");
            }
        }
    }

    /// <summary>Shows what the publishing of one record has changed.</summary>
    public void Show(DnsPlanRecord published, SendingIdentityResult result)
    {
        var statuses = result.Identities.Select(identity => $"{identity.Kind.ToWireName()} {Colour(identity.Status)}");
        Line(Paint("pub", "32"), $"{published.Type,-5} {published.RelativeName,-42} {string.Join(", ", statuses)}");
    }

    public static void Show(TransferReview review)
    {
        Line("   ", $"{review.Domain}: {review.Claimant} claims, {review.MaskedHolder} holds, because {string.Join(", ", review.Reasons)}");
        Line("   ", $"claimant proved at {review.ClaimantProof.ProvedAt:u}; holder's own record: {review.HolderCheck!.Outcome}");
        Line("   ", $"holder sent {review.Activity.RecentUses} messages and has {review.Activity.PendingWork} waiting");
    }

    public void Show(TransferReviewResult result) =>
        Line(result.Error is null ? Paint("ok ", "32") : Paint("no ", "33"), result.Error?.ToString() ?? "approved");

    public static void Show(DnsPlan plan)
    {
        foreach (var line in plan.ToZoneFile().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Line("   ", line.Length > 120 ? line[..117] + "..." : line.TrimEnd());
        }
    }

    public static void Show(IReadOnlyList<ClaimEvent> events)
    {
        foreach (var entry in events)
        {
            var from = entry.From is { } status ? $"{status} -> " : string.Empty;
            var time = entry.At.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
            Line("   ", $"{time}  {entry.Actor,-14}  {entry.Type,-16}  {from}{entry.To}, epoch {entry.Epoch}");
        }
    }

    /// <summary>Whether to look once more: only where a person publishes and can still do something about it.</summary>
    public bool AsksAgain(ClaimResult result, ICustomerDns dns)
    {
        if (!dns.PublishesByHand || result.Status is not (ClaimResultStatus.NotProved or ClaimResultStatus.Inconclusive))
        {
            return false;
        }

        Show(result);
        Console.Write("  Look again? [Y/n] ");
        return Console.ReadLine() is { } answer && !answer.StartsWith("n", StringComparison.OrdinalIgnoreCase);
    }

    private string Colour(SendingStatus status) =>
        Paint(status.ToWireName(), status == SendingStatus.Verified ? "32" : "33");

    private static void Line(string mark, string text) => Console.WriteLine($"  {mark} {text}");

    private string Paint(string text, string style) => _colours ? $"\e[{style}m{text}\e[0m" : text;
}
