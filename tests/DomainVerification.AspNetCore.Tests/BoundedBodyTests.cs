using DomainVerification.AspNetCore.Bodies.Internal;
using DomainVerification.AspNetCore.Tests.Hostile;
using Microsoft.AspNetCore.Http;

namespace DomainVerification.AspNetCore.Tests;

/// <summary>The one way in which bodies are read.</summary>
public sealed class BoundedBodyTests
{
    private const int Limit = 100;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Limit)]
    public async Task A_body_up_to_the_limit_is_read_whole(int length)
    {
        var sent = Enumerable.Range(0, length).Select(number => (byte)number).ToArray();

        var (body, fault) = await ReadAsync(new MemoryStream(sent), contentLength: null);

        Assert.Equal(BodyFault.None, fault);
        Assert.Equal(sent, body);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1L)]
    public async Task A_body_over_the_limit_is_refused_whatever_length_it_claims(long? contentLength)
    {
        var (body, fault) = await ReadAsync(new MemoryStream(new byte[Limit + 1]), contentLength);

        Assert.Equal(BodyFault.TooLarge, fault);
        Assert.Empty(body);
    }

    [Fact]
    public async Task A_body_that_says_that_it_is_over_the_limit_is_not_read() =>
        Assert.Equal(BodyFault.TooLarge, (await ReadAsync(new BrokenBody([]), Limit + 1)).Fault);

    [Fact]
    public async Task A_body_whose_framing_breaks_is_unreadable() =>
        Assert.Equal(BodyFault.Unreadable, (await ReadAsync(new BrokenBody([1, 2, 3]), contentLength: null)).Fault);

    private static ValueTask<(byte[] Body, BodyFault Fault)> ReadAsync(Stream body, long? contentLength)
    {
        var http = new DefaultHttpContext();
        http.Request.Body = body;
        http.Request.ContentLength = contentLength;
        return BoundedBody.ReadAsync(http.Request, Limit, CancellationToken.None);
    }
}
