using System.Globalization;
using DomainVerification.PublicSuffixes;
using DomainVerification.PublicSuffixes.Generator;
using DomainVerification.PublicSuffixes.Internal;

if (args.Length != 4 || !DateOnly.TryParseExact(args[2], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
{
    return Fail("Usage: tldts <trie.ts> <yyyy-MM-dd> <output> | dat <public_suffix_list.dat> <yyyy-MM-dd> <output>");
}

var text = File.ReadAllText(args[1]);
PublicSuffixList? list;
switch (args[0])
{
    case "tldts":
        list = TldtsTrie.Read(text, date);
        break;
    case "dat":
        if (!PublicSuffixList.TryParse(text, date, out list, out var error))
        {
            return Fail(error.Message);
        }

        break;
    default:
        return Fail($"The format '{args[0]}' is unknown; there are 'tldts' and 'dat'.");
}

if (list.Validate() is { } implausible)
{
    return Fail(implausible.Message);
}

var content = PublicSuffixResource.Write(list);
File.WriteAllBytes(args[3], content);
Console.WriteLine($"{list.RuleCount} rules of {list.ListDate:yyyy-MM-dd} in {content.Length} bytes.");
return 0;

static int Fail(string message)
{
    Console.Error.WriteLine(message);
    return 1;
}
