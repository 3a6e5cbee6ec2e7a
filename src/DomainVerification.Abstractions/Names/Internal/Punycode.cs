using System.Text;

namespace DomainVerification.Names.Internal;

/// <summary>Punycode with the parameters that IDNA fixes (RFC 3492, sections 5 and 6), over code points.</summary>
internal static class Punycode
{
    /// <summary>What marks a label as an A-label (RFC 5890, section 2.3.2.1).</summary>
    internal const string Prefix = "xn--";

    private const int Base = 36;
    private const int TMin = 1;
    private const int TMax = 26;
    private const int Skew = 38;
    private const int Damp = 700;
    private const int InitialBias = 72;
    private const int InitialCodePoint = 0x80;
    private const int MaxCodePoint = 0x10FFFF;

    /// <summary>Encodes a label of at most 63 code points, with any ASCII in lower case; the prefix is left to the caller.</summary>
    internal static string Encode(ReadOnlySpan<int> codePoints)
    {
        var output = new StringBuilder();
        var handled = 0;
        foreach (var codePoint in codePoints)
        {
            if (codePoint >= InitialCodePoint)
            {
                continue;
            }

            output.Append((char)codePoint);
            handled++;
        }

        var basic = handled;
        if (basic > 0)
        {
            output.Append('-');
        }

        var bias = InitialBias;
        var delta = 0;
        for (var current = InitialCodePoint; handled < codePoints.Length; current++, delta++)
        {
            var next = SmallestFrom(codePoints, current);
            delta += (next - current) * (handled + 1);
            current = next;
            foreach (var codePoint in codePoints)
            {
                if (codePoint < current)
                {
                    delta++;
                }

                if (codePoint != current)
                {
                    continue;
                }

                WriteNumber(delta, bias, output);
                bias = Adapt(delta, handled + 1, first: handled == basic);
                delta = 0;
                handled++;
            }
        }

        return output.ToString();
    }

    /// <summary>Decodes what follows the prefix; null where it is no Punycode.</summary>
    internal static List<int>? Decode(ReadOnlySpan<char> text)
    {
        var lastHyphen = text.LastIndexOf('-');
        var decoded = new List<int>(text.Length);
        foreach (var basic in text[..Math.Max(lastHyphen, 0)])
        {
            decoded.Add(basic);
        }

        var digits = text[(lastHyphen + 1)..];
        var bias = InitialBias;
        var codePoint = InitialCodePoint;
        var place = 0;
        while (!digits.IsEmpty)
        {
            var previous = place;
            if (!TryReadNumber(ref digits, bias, ref place))
            {
                return null;
            }

            var length = decoded.Count + 1;
            bias = Adapt(place - previous, length, first: previous == 0);
            codePoint += place / length;
            place %= length;
            if (codePoint is > MaxCodePoint or (>= 0xD800 and <= 0xDFFF))
            {
                return null;
            }

            decoded.Insert(place++, codePoint);
        }

        return decoded;
    }

    private static int SmallestFrom(ReadOnlySpan<int> codePoints, int least)
    {
        var smallest = int.MaxValue;
        foreach (var codePoint in codePoints)
        {
            if (codePoint >= least && codePoint < smallest)
            {
                smallest = codePoint;
            }
        }

        return smallest;
    }

    private static void WriteNumber(int number, int bias, StringBuilder output)
    {
        for (var position = Base; ; position += Base)
        {
            var threshold = Math.Clamp(position - bias, TMin, TMax);
            if (number < threshold)
            {
                break;
            }

            output.Append(Digit(threshold + ((number - threshold) % (Base - threshold))));
            number = (number - threshold) / (Base - threshold);
        }

        output.Append(Digit(number));
    }

    private static bool TryReadNumber(ref ReadOnlySpan<char> digits, int bias, ref int number)
    {
        long weight = 1;
        long sum = number;
        for (var position = Base; ; position += Base)
        {
            if (digits.IsEmpty || DigitValue(digits[0]) is not (>= 0 and int digit))
            {
                return false;
            }

            digits = digits[1..];
            sum += digit * weight;
            var threshold = Math.Clamp(position - bias, TMin, TMax);
            if (sum > int.MaxValue)
            {
                return false;
            }

            if (digit < threshold)
            {
                break;
            }

            weight *= Base - threshold;
            if (weight > int.MaxValue)
            {
                return false;
            }
        }

        number = (int)sum;
        return true;
    }

    private static int Adapt(int delta, int length, bool first)
    {
        delta /= first ? Damp : 2;
        delta += delta / length;
        var steps = 0;
        for (; delta > (Base - TMin) * TMax / 2; steps += Base)
        {
            delta /= Base - TMin;
        }

        return steps + ((Base - TMin + 1) * delta / (delta + Skew));
    }

    private static char Digit(int value) => (char)(value < 26 ? 'a' + value : '0' + value - 26);

    private static int DigitValue(char digit) => digit switch
    {
        >= 'a' and <= 'z' => digit - 'a',
        >= 'A' and <= 'Z' => digit - 'A',
        >= '0' and <= '9' => digit - '0' + 26,
        _ => -1,
    };
}
