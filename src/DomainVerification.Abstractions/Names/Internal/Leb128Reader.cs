namespace DomainVerification.Names.Internal;

/// <summary>Reads the numbers of the embedded Unicode data, seven bits a byte, low ones first.</summary>
internal struct Leb128Reader(byte[] data)
{
    private int _position;

    internal int Next()
    {
        int number = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = data[_position++];
            number |= (part & 0x7F) << shift;
            if (part < 0x80)
                return number;
        }
    }

    internal int NextSigned()
    {
        int number = Next();
        return (number & 1) == 0 ? number / 2 : -(number / 2) - 1;
    }

    internal int[] NextArray()
    {
        int[] numbers = new int[Next()];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = Next();
        return numbers;
    }
}
