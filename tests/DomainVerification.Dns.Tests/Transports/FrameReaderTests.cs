namespace DomainVerification.Dns.Tests;

public sealed class FrameReaderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4096)]
    [InlineData(100_000)]
    public async Task W10_MessagesInPiecesOfAnyLength_AreReadExactly(int piece)
    {
        var random = new Random(piece);
        byte[][] messages = [.. new[] { 12, 0, 4094, 4095, 65_535, 1, 20_000, 12 }.Select(length =>
        {
            var message = new byte[length];
            random.NextBytes(message);
            return message;
        })];
        using FrameReader reader = new(new PieceStream([.. messages.SelectMany(RawServer.Prefixed)], piece));

        foreach (var message in messages)
        {
            Assert.Equal(message, (await reader.ReadAsync(CancellationToken.None))!.Value.ToArray());
        }

        Assert.Null(await reader.ReadAsync(CancellationToken.None));
    }

    [Fact]
    public async Task W10_EndInTheMiddle_IsAnEnd()
    {
        using FrameReader reader = new(new PieceStream([0, 9, 1, 2, 3], 2));

        Assert.Null(await reader.ReadAsync(CancellationToken.None));
    }

    private sealed class PieceStream(byte[] octets, int piece) : MemoryStream(octets)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer.Length > piece ? buffer[..piece] : buffer, cancellationToken);
    }
}
