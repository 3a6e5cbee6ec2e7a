using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Webex;

/// <summary>The users of all organizations, from the section <c>Directory</c> of the configuration.</summary>
internal sealed class DirectoryOptions
{
    public IList<DirectoryUser> Users { get; } = [];

    /// <summary>Organizations whose flag <c>enforceVerifiedDomains</c> is off.</summary>
    public IList<string> Unenforced { get; } = [];
}

internal sealed class DirectoryUser
{
    public string Email { get; set; } = string.Empty;

    public string Organization { get; set; } = string.Empty;
}

/// <summary>
/// The host's own part: what verifying and claiming a domain means to its users. Those whose mail domain their organization may not use
/// become transient.
/// </summary>
internal sealed class UserDirectory(IOptions<DirectoryOptions> options)
{
    private readonly ConcurrentDictionary<string, bool> _transient = new(StringComparer.OrdinalIgnoreCase);

    public bool IsTransient(string email) => _transient.ContainsKey(email);

    /// <summary>Whether users of other organizations have mail addresses in a domain.</summary>
    public bool HasOutsiders(string organization, string domain) => Outsiders(organization, domain).Any(user => !IsTransient(user.Email));

    public void MarkOutsiders(string organization, string domain) => Mark(Outsiders(organization, domain));

    /// <summary>Makes users of an organization transient whose mail domain is none of those that it has verified.</summary>
    public void Enforce(string organization, IReadOnlyCollection<string> verified)
    {
        if (!options.Value.Unenforced.Contains(organization))
        {
            Mark(options.Value.Users.Where(user => user.Organization == organization && !verified.Contains(DomainOf(user))));
        }
    }

    private IEnumerable<DirectoryUser> Outsiders(string organization, string domain) =>
        options.Value.Users.Where(user => user.Organization != organization && DomainOf(user) == domain);

    private void Mark(IEnumerable<DirectoryUser> users)
    {
        foreach (var user in users)
        {
            _transient[user.Email] = true;
        }
    }

    private static string DomainOf(DirectoryUser user) => user.Email[(user.Email.LastIndexOf('@') + 1)..].ToLowerInvariant();
}
