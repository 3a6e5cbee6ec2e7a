using System.Text.Json;
using DomainVerification.Vendors.Tests.Hosts;
using Microsoft.Extensions.DependencyInjection;
using Migma;

namespace DomainVerification.Vendors.Tests.Migma;

/// <summary>The sample host, called as its users call it.</summary>
internal static class MigmaClient
{
    public const string Ann = "key-of-ann";
    public const string AnnReading = "key-of-ann-for-reading";
    public const string Bob = "key-of-bob";
    public const string Operator = "key-of-the-operator";
    public const string Initiate = "/v1/domains/claims";
    public const string Confirm = "/v1/domains/claims/acme.com/verify";

    public static VendorHost<SentMail> Start(
        IReadOnlyDictionary<string, string>? settings = null,
        Action<IServiceCollection>? services = null)
    {
        var host = VendorHost<SentMail>.Start(settings, services);
        host.World.Zone("acme.com");
        return host;
    }

    public static Task<VendorAnswer> CallAsync(
        this VendorHost<SentMail> host,
        string key,
        string method,
        string path,
        string? body = null,
        string? idempotencyKey = null) => host.SendAsync(
            method,
            path,
            body,
            [("Authorization", $"Bearer {key}"), .. idempotencyKey is null ? [] : new[] { ("Idempotency-Key", idempotencyKey) }]);

    public static Task<VendorAnswer> InitiateAsync(this VendorHost<SentMail> host, string key, string domain = "acme.com") =>
        host.CallAsync(key, "POST", Initiate, $$"""{"domain":"{{domain}}"}""");

    public static Task<VendorAnswer> ConfirmAsync(this VendorHost<SentMail> host, string key, string domain = "acme.com") =>
        host.CallAsync(key, "POST", $"{Initiate}/{domain}/verify");

    /// <summary>Publishes the record of an answer, as the customer does.</summary>
    public static void Publish(this VendorHost<SentMail> host, JsonElement record)
    {
        var (name, value) = (record.GetProperty("name").GetString()! + ".", record.GetProperty("value").GetString()!);
        var zone = host.World.ZoneOf(name);
        _ = record.GetProperty("type").GetString() switch
        {
            "MX" => zone.Mx(name, record.GetProperty("priority").GetUInt16(), value + "."),
            "CNAME" => zone.Cname(name, value + "."),
            _ => zone.Txt(name, value),
        };
    }

    public static void PublishRecords(this VendorHost<SentMail> host, JsonElement sendingDomain)
    {
        foreach (var record in sendingDomain.GetProperty("dnsRecords").EnumerateArray())
        {
            host.Publish(record);
        }
    }

    /// <summary>Initiates, publishes and confirms; gives the answer of confirm.</summary>
    public static async Task<VendorAnswer> ClaimAsync(this VendorHost<SentMail> host, string key, string domain = "acme.com")
    {
        var initiated = await host.InitiateAsync(key, domain);
        host.Publish(initiated.Json.GetProperty("data").GetProperty("record"));
        return await host.ConfirmAsync(key, domain);
    }

    public static string? Code(this VendorAnswer answer) => answer.Json.GetProperty("code").GetString();

    public static string[] Members(this JsonElement element) => [.. element.EnumerateObject().Select(member => member.Name)];
}
