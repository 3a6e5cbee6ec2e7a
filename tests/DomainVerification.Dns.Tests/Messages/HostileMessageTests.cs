namespace DomainVerification.Dns.Tests;

public sealed class HostileMessageTests
{
    [Fact]
    public void W21_Empty_IsRefused() => AssertRefused([], DnsReadErrorKind.Truncated, 0);

    [Fact]
    public void W21_EveryPrefixOfAMessage_IsRefused()
    {
        var whole = Packet.Header(1, 1)
            .Question("example.com", DnsRecordType.TXT)
            .Pointer(12)
            .Fixed(DnsRecordType.TXT, 4)
            .Label("abc")
            .ToArray();
        Assert.True(DnsMessageReader.TryRead(whole, out _, out _));

        for (var length = 0; length < whole.Length; length++)
        {
            Assert.False(DnsMessageReader.TryRead(whole.AsSpan(0, length), out _, out _), $"A prefix of {length} octets was taken.");
        }
    }

    [Fact]
    public void W21_65536Octets_IsRefused() => AssertRefused(new byte[65_536], DnsReadErrorKind.MessageTooLong, 0);

    [Fact]
    public void W21_65535OctetsOfZero_IsRefused() => AssertRefused(new byte[65_535], DnsReadErrorKind.TrailingOctets, 12);

    [Fact]
    public void W21_PointerToItself_IsRefused() =>
        AssertRefused(Packet.Header(1).Pointer(12).Word(16).Word(1), DnsReadErrorKind.BadCompressionPointer, 12);

    [Fact]
    public void W21_PointerForward_IsRefused() =>
        AssertRefused(Packet.Header(1).Pointer(18).Word(16).Word(1).Name("example.com"), DnsReadErrorKind.BadCompressionPointer, 12);

    [Fact]
    public void W21_PointerIntoHeader_IsRefused() =>
        AssertRefused(Packet.Header(1).Pointer(4).Word(16).Word(1), DnsReadErrorKind.BadCompressionPointer, 12);

    [Fact]
    public void W21_PointersToEachOther_AreRefused() =>
        AssertRefused(
            Packet.Header(1, 1).Label("a").Pointer(20).Word(16).Word(1).Label("b").Pointer(12).Fixed(DnsRecordType.TXT, 1).Octets(0),
            DnsReadErrorKind.BadCompressionPointer,
            12);

    // Backwards, but to the start of its own run of labels: followed, it would go round for ever.
    [Fact]
    public void W21_PointerToStartOfItsOwnName_IsRefused() =>
        AssertRefused(Packet.Header(1).Label("a").Pointer(12).Word(16).Word(1), DnsReadErrorKind.BadCompressionPointer, 12);

    [Theory]
    [InlineData(32, true)]
    [InlineData(33, false)]
    public void W21_ChainOfPointers_IsCounted(int pointers, bool isTaken)
    {
        // Each answer's data ends in a pointer to the one before.
        var packet = Packet.Header(0, 2).Octets(0).Fixed((DnsRecordType)65280, 1 + (2 * (pointers - 1)));
        var previous = packet.Length;
        packet.Octets(0);
        for (var i = 1; i < pointers; i++)
        {
            var here = packet.Length;
            packet.Pointer(previous);
            previous = here;
        }

        packet.Pointer(previous).Fixed((DnsRecordType)65280, 0);

        Assert.Equal(isTaken, DnsMessageReader.TryRead(packet.ToArray(), out _, out var error));
        Assert.Equal(isTaken ? DnsReadErrorKind.None : DnsReadErrorKind.TooManyCompressionPointers, error.Kind);
    }

    [Theory]
    [InlineData(0x40)]
    [InlineData(0x80)]
    public void W21_ReservedLabelType_IsRefused(byte octet) =>
        AssertRefused(Packet.Header(1).Octets(octet, 0).Word(16).Word(1), DnsReadErrorKind.BadLabelType, 12);

    [Fact]
    public void W21_NameOf256Octets_IsRefused()
    {
        Packet packet = Packet.Header(1);
        for (var i = 0; i < 3; i++)
        {
            packet.Label(new string('a', 63));
        }

        AssertRefused(packet.Label(new string('a', 62)).Octets(0).Word(16).Word(1), DnsReadErrorKind.NameTooLong, 12);
    }

    [Fact]
    public void W21_NameTooLongThroughPointer_IsRefused()
    {
        Packet packet = Packet.Header(1, 1);
        for (var i = 0; i < 3; i++)
        {
            packet.Label(new string('a', 63));
        }

        packet.Octets(0).Word(16).Word(1);
        var owner = packet.Length;
        AssertRefused(
            packet.Label(new string('b', 62)).Pointer(12).Fixed(DnsRecordType.TXT, 1).Octets(0),
            DnsReadErrorKind.NameTooLong,
            owner);
    }

    [Fact]
    public void W21_LabelBeyondEnd_IsRefused() =>
        AssertRefused(Packet.Header(1).Octets(63, (byte)'a'), DnsReadErrorKind.Truncated, 12);

    [Fact]
    public void W21_PointerCutInHalf_IsRefused() => AssertRefused(Packet.Header(1).Octets(0xC0), DnsReadErrorKind.Truncated, 12);

    [Fact]
    public void W21_TwoQuestions_AreRefused() =>
        AssertRefused(
            Packet.Header(2).Question("a.com", DnsRecordType.TXT).Question("b.com", DnsRecordType.TXT),
            DnsReadErrorKind.TooManyQuestions,
            12);

    [Fact]
    public void W21_CountOfRecordsThatAreNotThere_IsRefused() =>
        AssertRefused(Packet.Header(1, 3).Question("a.com", DnsRecordType.TXT), DnsReadErrorKind.Truncated, 23);

    [Fact]
    public void W21_LargestCounts_AreRefusedBeforeReading() =>
        AssertRefused(Packet.Header(1, 0xFFFF, 0xFFFF, 0xFFFF).Question("a.com", DnsRecordType.TXT), DnsReadErrorKind.TooManyRecords, 12);

    [Theory]
    [InlineData(1024, DnsReadErrorKind.None)]
    [InlineData(1025, DnsReadErrorKind.TooManyRecords)]
    public void W21_NumberOfRecords_IsBounded(int count, DnsReadErrorKind expected)
    {
        Packet packet = Packet.Header(0, count);
        for (var i = 0; i < count; i++)
        {
            packet.Octets(0).Fixed((DnsRecordType)65280, 0);
        }

        DnsMessageReader.TryRead(packet.ToArray(), out _, out var error);

        Assert.Equal(expected, error.Kind);
    }

    [Fact]
    public void W21_RecordsNotCounted_AreRefused() =>
        AssertRefused(
            Packet.Header(0, 0).Octets(0).Fixed(DnsRecordType.TXT, 1).Octets(0),
            DnsReadErrorKind.TrailingOctets,
            12);

    [Fact]
    public void W21_DataLengthBeyondEnd_IsRefused() =>
        AssertRefused(Packet.Header(0, 1).Octets(0).Fixed((DnsRecordType)65280, 5).Octets(1, 2, 3, 4), DnsReadErrorKind.Truncated, 23);

    [Theory]
    [InlineData(DnsRecordType.A, 3)]
    [InlineData(DnsRecordType.A, 5)]
    [InlineData(DnsRecordType.AAAA, 4)]
    [InlineData(DnsRecordType.AAAA, 17)]
    [InlineData(DnsRecordType.CNAME, 2)]
    [InlineData(DnsRecordType.DNAME, 2)]
    [InlineData(DnsRecordType.NS, 2)]
    [InlineData(DnsRecordType.MX, 2)]
    [InlineData(DnsRecordType.MX, 4)]
    [InlineData(DnsRecordType.SOA, 21)]
    [InlineData(DnsRecordType.SOA, 23)]
    [InlineData(DnsRecordType.TXT, 0)]
    public void W21_DataThatDoesNotFillItsLength_IsRefused(DnsRecordType type, int length)
    {
        var packet = Packet.Header(0, 1).Octets(0).Fixed(type, length).Octets(new byte[length]).ToArray();

        Assert.False(DnsMessageReader.TryRead(packet, out _, out var error));
        Assert.Contains(error.Kind, new[] { DnsReadErrorKind.BadRecordData, DnsReadErrorKind.Truncated });
    }

    [Fact]
    public void W21_NameThatRunsIntoTheNextRecord_IsRefused() =>
        AssertRefused(
            Packet.Header(0, 2).Octets(0).Fixed(DnsRecordType.CNAME, 1).Octets(0x0B, 0).Fixed(DnsRecordType.TXT, 1).Octets(0, 0),
            DnsReadErrorKind.BadRecordData);

    [Theory]
    [InlineData(new byte[] { 5, 1, 2 })]
    [InlineData(new byte[] { 1, 2, 255 })]
    [InlineData(new byte[] { 0, 1 })]
    public void W20_TextStringBeyondItsRecord_IsRefused(byte[] data) =>
        AssertRefused(
            Packet.Header(0, 2).Octets(0).Fixed(DnsRecordType.TXT, data.Length).Octets(data).Octets(0).Fixed((DnsRecordType)65280, 0),
            DnsReadErrorKind.BadRecordData);

    [Fact]
    public void W20_EmptyTextString_IsTaken()
    {
        var packet = Packet.Header(0, 1).Octets(0).Fixed(DnsRecordType.TXT, 1).Octets(0).ToArray();

        Assert.True(DnsMessageReader.TryRead(packet, out var message, out _));
        Assert.Equal("", Assert.IsType<DnsTxtRecord>(message.Answers[0]).Text);
    }

    [Fact]
    public void W21_TwoOptRecords_AreRefused() =>
        AssertRefused(
            Packet.Header(0, 0, 0, 2).Octets(0).Fixed(DnsRecordType.OPT, 0).Octets(0).Fixed(DnsRecordType.OPT, 0),
            DnsReadErrorKind.BadEdns);

    [Fact]
    public void W21_OptInAnswers_IsRefused() =>
        AssertRefused(Packet.Header(0, 1).Octets(0).Fixed(DnsRecordType.OPT, 0), DnsReadErrorKind.BadEdns);

    [Fact]
    public void W21_OptNotAtRoot_IsRefused() =>
        AssertRefused(Packet.Header(0, 0, 0, 1).Name("com").Fixed(DnsRecordType.OPT, 0), DnsReadErrorKind.BadEdns);

    [Theory]
    [InlineData(new byte[] { 0, 10, 0, 1 })]
    [InlineData(new byte[] { 0, 10, 0 })]
    [InlineData(new byte[] { 0, 10, 0xFF, 0xFF, 1 })]
    public void W21_OptionBeyondOpt_IsRefused(byte[] data) =>
        AssertRefused(
            Packet.Header(0, 0, 0, 2).Octets(0).Fixed(DnsRecordType.OPT, data.Length).Octets(data).Octets(0).Fixed((DnsRecordType)65280, 0),
            DnsReadErrorKind.BadEdns);

    [Theory]
    [InlineData(32, true)]
    [InlineData(33, false)]
    public void W21_NumberOfOptions_IsBounded(int count, bool isTaken)
    {
        var packet = Packet.Header(0, 0, 0, 1).Octets(0).Fixed(DnsRecordType.OPT, 4 * count).Octets(new byte[4 * count]);

        Assert.Equal(isTaken, DnsMessageReader.TryRead(packet.ToArray(), out _, out _));
    }

    [Fact]
    public void W21_UnknownType_IsKeptOpaque()
    {
        var packet = Packet.Header(0, 1).Octets(0).Fixed((DnsRecordType)64999, 3).Octets(0xC0, 0, 9).ToArray();

        Assert.True(DnsMessageReader.TryRead(packet, out var message, out _));
        Assert.Equal([0xC0, 0, 9], Assert.IsType<DnsUnknownRecord>(message.Answers[0]).Data.ToArray());
    }

    [Fact]
    public void TryRead_AddressOfOtherClass_IsKeptOpaque()
    {
        var packet = Packet.Header(0, 1).Octets(0).Word((int)DnsRecordType.A).Word(3).Word(0).Word(60).Word(1).Octets(9).ToArray();

        Assert.True(DnsMessageReader.TryRead(packet, out var message, out _));
        Assert.Equal(DnsRecordClass.Chaos, Assert.IsType<DnsUnknownRecord>(message.Answers[0]).Class);
    }

    [Fact]
    public void TryRead_TimeToLiveWithHighestBit_IsZero()
    {
        var packet = Packet.Header(0, 1).Octets(0).Word(16).Word(1).Word(0x8000).Word(60).Word(1).Octets(0).ToArray();

        Assert.True(DnsMessageReader.TryRead(packet, out var message, out _));
        Assert.Equal(TimeSpan.Zero, message.Answers[0].TimeToLive);
    }

    [Fact]
    public void Code_EveryKind_IsItsOwnSnakeCase()
    {
        string[] codes = [.. Enum.GetValues<DnsReadErrorKind>().Select(kind => new DnsReadError(kind, 0).Code)];

        Assert.Equal(codes.Length, codes.Distinct().Count());
        Assert.DoesNotContain("unknown", codes);
        Assert.All(codes, code => Assert.Matches("^[a-z_]+$", code));
    }

    private static void AssertRefused(Packet packet, DnsReadErrorKind kind, int? offset = null) =>
        AssertRefused(packet.ToArray(), kind, offset);

    private static void AssertRefused(byte[] packet, DnsReadErrorKind kind, int? offset = null)
    {
        Assert.False(DnsMessageReader.TryRead(packet, out var message, out var error));
        Assert.Null(message);
        Assert.Equal(kind, error.Kind);
        if (offset is not null)
        {
            Assert.Equal(offset, error.Offset);
        }
    }
}
