using DomainVerification.PublicSuffixes;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.Docs.Tests;

internal static class SnippetsPublicSuffixes
{
    public static void LookUp()
    {
        IPublicSuffixList list = PublicSuffixList.BuiltIn;

        list.GetRegistrableDomain(DomainName.Parse("www.acme.co.uk"));      // acme.co.uk
        list.GetRegistrableDomain(DomainName.Parse("co.uk"));               // null: it is a public suffix

        var match = list.Find("www.alice.github.io");
        // match.Division         Private
        // match.SuffixStart      10, where "github.io" starts
        // match.RegistrableStart 4, where "alice.github.io" starts; -1 for a public suffix
    }

    public static async Task Replace(IServiceProvider services, CancellationToken stoppingToken)
    {
        var provider = services.GetRequiredService<PublicSuffixListProvider>();     // the one that AddDomainVerification() registers
        await using var file = File.OpenRead("public_suffix_list.dat");
        var update = await provider.ReplaceAsync(file, cancellationToken: stoppingToken);
        if (update.Status == PublicSuffixListUpdateStatus.Refused)
        {
            Console.Error.WriteLine($"The list was refused: {update.Error}");
        }
    }
}
