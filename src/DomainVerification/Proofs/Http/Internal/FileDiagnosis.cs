using Codes = DomainVerification.ProofDiagnosisCodes;

namespace DomainVerification.Proofs.Http.Internal;

/// <summary>How a check ended: the code, at which URL and server, and what is to be said besides.</summary>
internal sealed record FileEnd(string Code, Uri Url, string Server, int Status = 0, string Why = "");

/// <summary>Says in words what an answer means for a proof. What the server sent is never in it.</summary>
internal static class FileDiagnosis
{
    private const string Later = "We look again later.";

    public static ProofDiagnosis Of(FileEnd end)
    {
        // After a redirect the URL is of the server's making.
        var url = Proofs.Internal.ObservedText.Show(end.Url.AbsoluteUri);
        var host = end.Url.IdnHost;
        return end.Code switch
        {
            Codes.Proved => new(end.Code, $"The file at {url} holds the token."),
            Codes.TokenSpent => new(
                end.Code,
                $"The file at {url} holds a token of an earlier request, which is not valid any more.",
                "Replace its content with the present one."),
            Codes.ContentMismatch => new(
                end.Code,
                $"There is a file at {url}, but it does not hold the token.",
                "Compare its content with the one in the instructions, character by character, and save it as plain text."),
            Codes.FileTooLarge => new(
                end.Code,
                $"What is at {url} is longer than {HttpFileProofOptions.MaximumFileLength} octets, which no proof is.",
                "Let the file hold what the instructions say and nothing else: no page, no login form."),
            Codes.FileNotFound => new(
                end.Code,
                $"There is no file at {url} (status {end.Status}).",
                "Put the file there. Where it is there already, let the web server serve names that begin with a dot."),
            Codes.WrongStatus => new(
                end.Code,
                $"The web server answered for {url} with the status {end.Status}, and only 200 counts.",
                "Let it deliver the file to everybody, without a login, a filter or a page in between."),
            Codes.WebServerFailure => new(
                end.Code,
                $"The web server could not answer for {url} (status {end.Status}).",
                $"Check the web server and its log. {Later}"),
            Codes.RedirectRefused => new(
                end.Code,
                $"The web server redirects {url} {end.Why}.",
                "Serve the file without a redirect, or redirect with 301, 302, 307 or 308 to http or https on its usual port."),
            Codes.RedirectLoop => new(
                end.Code,
                $"The redirects of {url} lead back to a URL that was there before.",
                "Serve the file without a redirect. Often https and http redirect to each other."),
            Codes.TooManyRedirects => new(
                end.Code,
                $"There are more than {HttpFileProofOptions.MaximumRedirects} redirects up to {url}.",
                "Serve the file without a redirect."),
            _ => OfConnection(end, host),
        };
    }

    /// <summary>A "no" needs an answer, of the web server or of DNS; everything else is inconclusive.</summary>
    public static ProofOutcome Outcome(string code) => code switch
    {
        Codes.Proved => ProofOutcome.Proved,
        Codes.TokenSpent
            or Codes.ContentMismatch
            or Codes.FileTooLarge
            or Codes.FileNotFound
            or Codes.WrongStatus
            or Codes.RedirectRefused
            or Codes.RedirectLoop
            or Codes.TooManyRedirects
            or Codes.HostNotFound
            or Codes.AddressRefused => ProofOutcome.NotProved,
        _ => ProofOutcome.Inconclusive,
    };

    private static ProofDiagnosis OfConnection(FileEnd end, string host) => end.Code switch
    {
        Codes.HostNotFound => new(
            end.Code,
            $"The host {host} has no address in DNS.",
            $"Publish an A or AAAA record for {host} that leads to its web server."),
        Codes.HostLookupFailed => new(
            end.Code,
            $"The addresses of {host} could not be looked up.",
            $"Check that the zone's name servers are up and that its DNSSEC signatures are valid. {Later}"),
        Codes.AddressRefused => new(
            end.Code,
            $"The host {host} has no public address, and no other is connected to.",
            $"Publish an A or AAAA record for {host} that everybody can reach."),
        Codes.ConnectTimedOut => new(
            end.Code,
            $"No connection to {host} ({end.Server}) was made in time.",
            $"Often a firewall is in the way: let everybody reach port {end.Url.Port}. {Later}"),
        Codes.ConnectionRefused => new(
            end.Code,
            $"{host} ({end.Server}) refuses connections.",
            $"Start a web server there on port {end.Url.Port}. {Later}"),
        Codes.HostUnreachable => new(
            end.Code,
            $"There is no way to {host} ({end.Server}).",
            $"Check the address in DNS and the network of the web server. {Later}"),
        Codes.ReadTimedOut => new(
            end.Code,
            $"{host} ({end.Server}) took the connection, but did not answer in time.",
            $"The web server is slow, or a firewall swallows the request. {Later}"),
        Codes.TlsFailed => new(
            end.Code,
            $"No TLS connection to {host} ({end.Server}) could be made, or its certificate is not valid.",
            $"Check the certificate of {host} and that the port speaks TLS. {Later}"),
        Codes.MalformedResponse => new(
            end.Code,
            $"The answer of {host} ({end.Server}) is no HTTP that can be read, or its headers are too large.",
            $"Check that a web server answers on port {end.Url.Port}. {Later}"),
        _ => new(
            end.Code,
            $"{host} ({end.Server}) ended the connection before its answer was whole.",
            $"Check the web server and its log. {Later}"),
    };
}
