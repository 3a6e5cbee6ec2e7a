using DomainVerification.AspNetCore.Idempotency.Internal;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace DomainVerification.AspNetCore.Tests.Idempotency;

/// <summary>Whatever is sent, nobody gets a 500, and what is refused runs nothing.</summary>
public sealed class HostileRequestTests
{
    private static readonly Gen<string> KeyTexts = Gen.OneOf(
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? string.Empty),
        Gen.Elements('"', '\\', ',', ';', ' ', '\t', 'a', '~', '\u007f', 'é', '\0').ListOf().Select(text => string.Concat(text)),
        Gen.Elements('a', '"', '\\').ListOf().Select(text => $"\"{string.Concat(text)}\""));

    [Fact]
    public void A_key_is_read_or_refused_and_a_key_that_is_read_has_one_quoted_form()
    {
        Prop.ForAll(
            Arb.From(KeyTexts),
            text =>
            {
                var (key, problem) = KeyHeader.Read(text, 100);
                if (key is null)
                {
                    return problem is IdempotencyErrorCodes.KeyInvalid or IdempotencyErrorCodes.KeyTooLong;
                }

                var quoted = $"\"{key.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
                return key.Length is >= 1 and <= 100
                    && key.All(character => character is > ' ' and < '\u007f')
                    && KeyHeader.Read(quoted, 100).Key == key
                    && new IdempotencyKey("scope", key).Key == key;
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
        Assert.Equal(IdempotencyErrorCodes.KeyInvalid, KeyHeader.Read(StringValues.Empty, 100).Problem);
        Assert.Equal(IdempotencyErrorCodes.KeyInvalid, KeyHeader.Read(string.Empty, 100).Problem);
    }

    [Fact]
    public async Task No_request_makes_a_500()
    {
        var runs = 0;
        await using var host = await IdempotentHost.StartAsync(app =>
            app.MapPost("/run/{**rest}", async (HttpContext context) =>
            {
                using var reader = new StreamReader(context.Request.Body);
                await reader.ReadToEndAsync();
                return $"{++runs}";
            }).RequireIdempotency(IdempotencyOptions.Migma() with { MaximumRequestBodySize = 64 }));

        var requests =
            from key in KeyTexts
            from body in ArbMap.Default.GeneratorFor<byte[]>()
            from query in ArbMap.Default.GeneratorFor<string>()
            from type in Gen.Elements("application/json", "text/plain", "application/json; charset=utf-16", "?", "multipart/form-data")
            select (Key: key, Body: body ?? [], Query: query, Type: type);
        foreach (var (key, body, query, type) in requests.Sample(500, 100))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/run/x?{Uri.EscapeDataString(query ?? string.Empty)}");
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
            request.Headers.Add("X-User", "ann");
            var before = (runs, host.Store.Begins);

            using var response = await host.Client.SendAsync(request);

            Assert.Contains((int)response.StatusCode, new[] { 200, 400, 409, 413 });
            if ((int)response.StatusCode is 400 or 413)
            {
                Assert.Equal(before, (runs, host.Store.Begins));
            }
        }

        Assert.InRange(runs, 1, 499);
    }

    [Theory]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    [InlineData("{\"a\":1e999999,\"b\":00}")]
    [InlineData("\u0000")]
    public async Task JSON_that_is_none_is_taken_as_bytes(string body)
    {
        var runs = 0;
        await using var host = await IdempotentHost.StartAsync(app => app.MapPost("/run", () => $"{++runs}").WithIdempotencyKey());

        await host.SendAsync("/run", "k", body);

        Assert.True((await host.SendAsync("/run", "k", body)).IsReplayed);
        Assert.Equal(422, (await host.SendAsync("/run", "k", body + " ")).Status);
    }

    [Fact]
    public async Task A_form_that_was_read_before_the_endpoint_counts()
    {
        var runs = 0;
        await using var host = await IdempotentHost.StartAsync(app =>
        {
            app.Use(async (context, next) =>
            {
                await context.Request.ReadFormAsync();
                await next(context);
            });
            app.MapPost("/run", async (HttpContext context) => $"{(await context.Request.ReadFormAsync())["a"]} {++runs}")
                .WithIdempotencyKey();
        });
        const string form = "application/x-www-form-urlencoded";

        Assert.Equal("1 1", (await host.SendAsync("/run", "k", "a=1", contentType: form)).Body);
        Assert.Equal("1 1", (await host.SendAsync("/run", "k", "a=1", contentType: form)).Body);
        Assert.Equal(422, (await host.SendAsync("/run", "k", "a=2", contentType: form)).Status);
    }
}
