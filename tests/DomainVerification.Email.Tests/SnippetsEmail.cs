using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.Email.Tests;

/// <summary>The code of <c>docs/email-identities.md</c>.</summary>
internal static class SnippetsEmail
{
    public static void Add(IServiceCollection services)
    {
        services.AddDataProtection();   // and persist its key ring, where all instances of the host find it
        services.AddDomainVerification()
            .AddEmailIdentities(options =>
            {
                options.MailFromMx = "bounce.{region}.acme-mail.net";
                options.MailFromSpf = "v=spf1 include:spf.acme-mail.net ~all";
            });
    }

    public static void TwoRegions(DomainVerificationBuilder builder)
    {
        builder.ConfigureEmailIdentities("europe", options =>
        {
            options.Regions =
            [
                new EmailRegion { Id = "eu-west-1", Name = "Europe (Ireland)" },
                new EmailRegion { Id = "eu-central-1", Name = "Europe (Frankfurt)" },
            ];
            options.UsedRegions = ["eu-west-1", "eu-central-1"];
        });
    }

    public static void Aliases(EmailIdentityOptions options)
    {
        options.DkimMode = DkimMode.Cname;
        options.DkimZone = "dkim.acme-mail.net";
    }

    public static async Task ShowAsync(ISendingIdentities identities, string owner)
    {
        var claim = ClaimReference.To(owner, "acme.com");
        var looked = await identities.VerifyAsync(claim);
        foreach (var identity in looked.Identities)
        {
            Console.WriteLine($"{identity.Kind.ToWireName()} {identity.Region}: {identity.Status.ToWireName()}");
            foreach (var record in identity.DnsRecords)
            {
                Console.WriteLine($"  {record.Type} {record.Name} {record.Value}: {record.Status.ToWireName()} {record.Problem?.Fix}");
            }
        }
    }

    public static async Task<string?> SignAsync(ISendingIdentities identities, ClaimReference claim, string identityId)
    {
        var result = await identities.GetSigningKeyAsync(claim, identityId);
        using var key = result.Key;
        if (key is null)
        {
            return result.Error?.Code;   // identity_not_verified, identity_suspended, key_unreadable, ...
        }

        using var rsa = key.CreateRsa();
        return $"d={key.Domain}; s={key.Selector}; a={SigningKey.Algorithm}";
    }
}
