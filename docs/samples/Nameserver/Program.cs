// A name server for trying the samples: it answers on loopback from a text file, which it reads again whenever the file changes.
//   dotnet run --project docs/samples/Nameserver -- records.txt 5300
//   echo '_migma.acme.com TXT "the token"' >> records.txt
// A line is a name, a type (A, AAAA, CNAME, MX, NS, TXT) and a value. "acme.com ZONE" starts a zone, and must stand above its names.

using System.Globalization;
using System.Net;
using DomainVerification.Testing;
using Nameserver;

if (args.Length is 0 or > 2)
{
    Console.Error.WriteLine("usage: Nameserver FILE [PORT]");
    return 2;
}

var file = Path.GetFullPath(args[0]);
var port = args.Length == 2 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5300;
await using var server = LoopbackDnsServer.Start(new DnsWorld(), new LoopbackDnsServerOptions { Address = IPAddress.Loopback, Port = port });
Console.WriteLine($"answering on {server.Endpoint} from {file}");

using var ending = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    ending.Cancel();
};

var records = new RecordFile(file, server.World);
using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
try
{
    do
    {
        foreach (var line in records.Refresh())
        {
            Console.WriteLine(line);
        }
    }
    while (await timer.WaitForNextTickAsync(ending.Token));
}
catch (OperationCanceledException)
{
    // Somebody pressed Ctrl+C.
}

return 0;
