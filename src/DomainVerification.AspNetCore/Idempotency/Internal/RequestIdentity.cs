using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace DomainVerification.AspNetCore.Idempotency.Internal;

/// <summary>Whose request it is and what it asks for, as digests.</summary>
internal static class RequestIdentity
{
    // Another way to compute either must have another version: a digest is never taken for one of the other way.
    private const int Version = 2;

    /// <summary>Of tenant, principal, method and route template; no client can make that of another one.</summary>
    public static string Scope(IdempotencyClient client, string method, string template)
    {
        using var hash = new FieldHash();
        hash.Add(Version);
        hash.Add(client.Tenant);
        hash.Add(client.Principal);
        hash.Add(method);
        hash.Add(template);
        return $"http1:{Convert.ToHexStringLower(hash.GetHash())}";
    }

    /// <summary>Of method, path base, route template, route values, query and body.</summary>
    public static async ValueTask<byte[]> FingerprintAsync(
        HttpRequest request,
        string template,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken)
    {
        using var hash = new FieldHash();
        hash.Add(Version);
        hash.Add(request.Method);

        // Some hosts tell their tenants apart by it.
        hash.Add(request.PathBase.Value);
        hash.Add(template);
        Add(hash, request.RouteValues.Select(pair => (pair.Key, Convert.ToString(pair.Value, CultureInfo.InvariantCulture))));
        Add(hash, request.Query.SelectMany(pair => pair.Value, (pair, value) => (pair.Key, value)));
        hash.Add(MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            ? type.MediaType.Value?.ToUpperInvariant()
            : request.ContentType);
        var canonical = request.HasJsonContentType() ? CanonicalJson.Write(body) : null;
        hash.Add(canonical is null ? 0 : 1);
        hash.Add(canonical is null ? body.Span : canonical);
        if (request.HttpContext.Features.Get<IFormFeature>()?.Form is { } form)
        {
            await AddAsync(hash, form, cancellationToken).ConfigureAwait(false);
        }

        return hash.GetHash();
    }

    private static void Add(FieldHash hash, IEnumerable<(string Name, string? Value)> pairs)
    {
        // A stable order: values of one name keep theirs.
        var sorted = pairs.OrderBy(pair => pair.Name, StringComparer.Ordinal).ToList();
        hash.Add(sorted.Count);
        foreach (var (name, value) in sorted)
        {
            hash.Add(name);
            hash.Add(value);
        }
    }

    /// <summary>A form that something before the endpoint has read, such as the antiforgery check, is no longer in the body.</summary>
    private static async ValueTask AddAsync(FieldHash hash, IFormCollection form, CancellationToken cancellationToken)
    {
        Add(hash, form.SelectMany(pair => pair.Value, (pair, value) => (pair.Key, value)));
        foreach (var file in form.Files)
        {
            hash.Add(file.Name);
            hash.Add(file.FileName);
            var stream = file.OpenReadStream();
            await using (stream.ConfigureAwait(false))
            {
                await hash.AddAsync(stream, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
