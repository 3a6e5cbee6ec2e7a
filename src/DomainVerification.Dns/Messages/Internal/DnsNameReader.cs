namespace DomainVerification.Dns;

/// <summary>Reads a name that may be compressed (RFC 1035, section 4.1.4).</summary>
internal static class DnsNameReader
{
    private const int HeaderLength = 12;
    private const byte TypeMask = 0xC0;

    /// <summary>
    /// Reads the name at <paramref name="start"/>; <paramref name="end"/> is where its own octets end, pointers not followed.
    /// </summary>
    public static DnsReadErrorKind Read(ReadOnlySpan<byte> message, int start, out DnsName? name, out int end)
    {
        Span<byte> wire = stackalloc byte[DnsName.MaxWireLength];
        var fault = Walk(message, start, wire, out var length, out var labels, out end);
        name = fault != DnsReadErrorKind.None ? null : length == 1 ? DnsName.Root : new DnsName(wire[..length].ToArray(), labels);
        return fault;
    }

    /// <summary>As <see cref="Read"/>, for a name that nobody needs.</summary>
    public static DnsReadErrorKind Pass(ReadOnlySpan<byte> message, int start, out int labels, out int end)
    {
        Span<byte> wire = stackalloc byte[DnsName.MaxWireLength];
        return Walk(message, start, wire, out _, out labels, out end);
    }

    private static DnsReadErrorKind Walk(
        ReadOnlySpan<byte> message,
        int start,
        Span<byte> wire,
        out int length,
        out int labels,
        out int end)
    {
        length = 0;
        labels = 0;
        end = 0;
        var pointers = 0;
        var position = start;

        // Each jump must go before the start of the run of labels that it ends, so every jump gets nearer to the header and the walk ends.
        var runStart = start;
        while (position < message.Length)
        {
            var octet = message[position];
            switch (octet & TypeMask)
            {
                case 0:
                    if (octet == 0)
                    {
                        wire[length++] = 0;
                        end = pointers == 0 ? position + 1 : end;
                        return DnsReadErrorKind.None;
                    }

                    if (octet + 1 > message.Length - position)
                    {
                        return DnsReadErrorKind.Truncated;
                    }

                    // One octet is kept for the end of the name.
                    if (length + octet + 1 > DnsName.MaxWireLength - 1)
                    {
                        return DnsReadErrorKind.NameTooLong;
                    }

                    message.Slice(position, octet + 1).CopyTo(wire[length..]);
                    length += octet + 1;
                    position += octet + 1;
                    labels++;
                    break;

                case TypeMask:
                    if (message.Length - position < 2)
                    {
                        return DnsReadErrorKind.Truncated;
                    }

                    var target = ((octet & ~TypeMask) << 8) | message[position + 1];
                    if (target >= runStart || target < HeaderLength)
                    {
                        return DnsReadErrorKind.BadCompressionPointer;
                    }

                    end = pointers == 0 ? position + 2 : end;
                    if (++pointers > DnsMessageReader.MaxPointersPerName)
                    {
                        return DnsReadErrorKind.TooManyCompressionPointers;
                    }

                    position = runStart = target;
                    break;

                default:
                    return DnsReadErrorKind.BadLabelType;
            }
        }

        return DnsReadErrorKind.Truncated;
    }
}
