using System.Globalization;
using DomainVerification.Kill.Host;
using DomainVerification.Kill.Host.Killing;
using DomainVerification.Kill.Host.Load;
using Microsoft.Extensions.DependencyInjection;

// A worker process that the kill test starts, loads and kills. It takes its orders from standard input, a line each:
//   load           the load and the background worker run
//   kill STEP N    at the N-th passing of the step the process kills itself
//   spare          the process does not kill itself any more
//   quiet          the load stops; the worker and the reviewer go on
var reports = new Reports();
using var host = HostSetup.Build(HostArguments.Parse(args), reports);
var load = host.Services.GetRequiredService<RandomLoad>();
var reviews = host.Services.GetRequiredService<ReviewLoad>();
var killSwitch = host.Services.GetRequiredService<KillSwitch>();
var started = false;
reports.Write(Reports.Ready);

// The end of the input is the end of the test.
while (await Console.In.ReadLineAsync() is { } line)
{
    switch (line.Split(' '))
    {
        case [Orders.Load]:
            if (!started)
            {
                await host.StartAsync();
                started = true;
            }

            load.Start();
            reviews.Start();
            break;
        case [Orders.Kill, var step, var passing]:
            killSwitch.Arm(step, int.Parse(passing, CultureInfo.InvariantCulture));
            break;
        case [Orders.Spare]:
            killSwitch.Disarm();
            reports.Write(Reports.Spared);
            break;
        case [Orders.Quiet]:
            reviews.Undoes = false;
            await load.StopAsync();
            reports.Write(Reports.Quiet);
            break;
        default:
            throw new InvalidOperationException($"Unknown order: {line}");
    }
}

Environment.Exit(0);
