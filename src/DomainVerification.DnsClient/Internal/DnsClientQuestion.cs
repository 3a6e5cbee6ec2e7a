using System.Diagnostics.CodeAnalysis;
using DomainVerification.Dns;
using Library = global::DnsClient;

namespace DomainVerification.DnsClient;

/// <summary>Questions as the library takes them.</summary>
internal static class DnsClientQuestion
{
    /// <summary>False for a name that the library would change or refuse: it knows no escapes.</summary>
    public static bool TryMake(DnsQuestion question, [NotNullWhen(true)] out Library.DnsQuestion? made)
    {
        string name = question.Name.ToString();
        bool isAskable = name == "." || name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');
        made = isAskable
            ? new Library.DnsQuestion(name, (Library.QueryType)question.Type, (Library.QueryClass)question.Class)
            : null;
        return isAskable;
    }
}
