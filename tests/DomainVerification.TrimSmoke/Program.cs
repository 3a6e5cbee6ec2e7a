using DomainVerification;

// Publishing this app trimmed must give no warning, and the trimmed app must still work.
if (!DomainName.TryParse("Bücher.Example", out var name, out var error)) return Failed(error.ToString());
if (name.Value != "xn--bcher-kva.example") return Failed(name.Value);

Console.WriteLine("The trimmed app works.");
return 0;

static int Failed(string reason)
{
    Console.Error.WriteLine(reason);
    return 1;
}
