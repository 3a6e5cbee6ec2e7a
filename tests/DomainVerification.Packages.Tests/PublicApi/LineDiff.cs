namespace DomainVerification.Packages.Tests.PublicApi;

/// <summary>The lines that were removed and added between two texts.</summary>
internal static class LineDiff
{
    public static string Between(string before, string after)
    {
        var (left, right) = (before.Split('\n'), after.Split('\n'));
        var common = CommonLengths(left, right);
        var lines = new List<string>();
        var (i, j) = (0, 0);
        while (i < left.Length || j < right.Length)
        {
            if (i < left.Length && j < right.Length && left[i] == right[j])
            {
                (i, j) = (i + 1, j + 1);
            }
            else if (j == right.Length || (i < left.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                lines.Add("- " + left[i++]);
            }
            else
            {
                lines.Add("+ " + right[j++]);
            }
        }

        return string.Join('\n', lines);
    }

    // common[i, j] is the length of the longest common subsequence of left[i..] and right[j..].
    private static int[,] CommonLengths(string[] left, string[] right)
    {
        var common = new int[left.Length + 1, right.Length + 1];
        for (var i = left.Length - 1; i >= 0; i--)
        {
            for (var j = right.Length - 1; j >= 0; j--)
            {
                common[i, j] = left[i] == right[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }
}
