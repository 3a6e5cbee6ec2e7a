using DomainVerification.Names.Internal;

namespace DomainVerification.Abstractions.Tests.Names;

public class NfcTests
{
    private static readonly int[] s_marks = [0x300, 0x301, 0x308, 0x323, 0x327, 0x338, 0x3099, 0x1161, 0x11A8];

    /// <summary>Every valid code point alone and before two marks in both orders; the letter between keeps the sequences apart.</summary>
    [RuntimeUnicodeFact]
    public void Normalize_ValidCodePoints_AgreesWithTheRuntime()
    {
        var sequences = new List<int>();
        for (var codePoint = 0x80; codePoint < 0x1F000; codePoint++)
        {
            if (IsIdeograph(codePoint) || !IsValid(codePoint))
            {
                continue;
            }

            var mark = s_marks[codePoint % s_marks.Length];
            var other = s_marks[(codePoint + 3) % s_marks.Length];
            sequences.AddRange([codePoint, 'x', codePoint, mark, other, 'x', codePoint, other, mark, 'x']);
        }

        var text = string.Concat(sequences.Select(char.ConvertFromUtf32));

        Assert.Equal(text.Normalize(), string.Concat(Nfc.Normalize(sequences).Select(char.ConvertFromUtf32)));
    }

    /// <summary>Ideographs and signs of the kind never compose, and most Hangul syllables say nothing that others do not.</summary>
    private static bool IsIdeograph(int codePoint) =>
        codePoint is (>= 0x3400 and < 0xA000) or (>= 0xAC80 and < 0xD780) or (>= 0x12000 and < 0x16A00) or (>= 0x16F00 and < 0x1B300);

    private static bool IsValid(int codePoint) =>
        codePoint is < 0xD800 or > 0xDFFF && UnicodeData.Instance.MappingOf(codePoint).Action == MappingAction.Valid;
}
