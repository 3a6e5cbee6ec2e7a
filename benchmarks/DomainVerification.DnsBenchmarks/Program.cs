// The check of a TXT proof over UDP, beside other clients, in turns against one server with 100,000 distinct names.
//   dotnet run -c Release --project benchmarks/DomainVerification.DnsBenchmarks -p:Peers=true --
//     [batch] [check] [authoritative-batch] [authoritative] [lookup] [dnsclient] [dnsperf] [cares]
//     [two-servers] [four-servers] [without-ipv6] [cold-cut]
//     [--in-flight 1,16,128,1024] [--rounds 5] [--queries 100000] [--patience 10] [--server 127.0.0.1:5301] [--one-process]
// A server of your own has to serve the zone that "zone FILE" writes.

using System.Globalization;
using DomainVerification.DnsBenchmarks.Measuring;
using DomainVerification.DnsBenchmarks.Serving;

if (args is ["worker", var subjects, var endpoint, var names])
{
    await Worker.RunAsync(subjects.Split(','), endpoint, int.Parse(names, CultureInfo.InvariantCulture));
    return 0;
}

if (args is ["zone", var file])
{
    await Zone.WriteAsync(file);
    return 0;
}

if (BenchmarkOptions.Parse(args) is not { } options)
{
    await Console.Error.WriteLineAsync(
        $"usage: [{string.Join("] [", BenchmarkOptions.AllSubjects)}] [--in-flight N,N] [--rounds N] [--queries N] "
        + "[--patience SECONDS] [--server ADDRESS:PORT] [--one-process]");
    return 2;
}

if (options.Server is null && InstalledProgram.Explain(["nsd"]) is { } missing)
{
    await Console.Error.WriteLineAsync(missing);
    return 1;
}

return await DnsMeasurement.RunAsync(options) ? 0 : 1;
