using DomainVerification.Diagnostics;
using Observed;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

const string CustomersDomain = "acme.example";
await using var dns = new CustomerDns(CustomersDomain);

var builder = WebApplication.CreateBuilder(args);
var exportInterval = builder.Configuration.GetValue("ExportIntervalMilliseconds", 10_000);
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);

builder.Services
    .AddDomainVerification(options =>
    {
        options.Provider = "contoso";
        options.AllowUnlistedSuffixes = true;
    })
    .ConfigureDns(options => options.Servers = [dns.Address])
    .AddAspNetCore()
    .UseClaimantAccessor<TenantHeader>();

builder.Services.AddHealthChecks().AddDomainVerification(configure: options => options.ResolverQuestion = CustomersDomain);

builder.Services.AddOpenTelemetry()
    .ConfigureResource(resource => resource.AddService("observed"))
    .WithTracing(tracing => tracing
        .AddAspNetCoreInstrumentation()
        .AddSource(DomainVerificationDiagnostics.ActivitySourceName)
        .AddConsoleExporter())
    .WithMetrics(metrics => metrics
        .AddMeter(DomainVerificationDiagnostics.MeterName)
        .AddConsoleExporter((_, reader) => reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = exportInterval));

var app = builder.Build();

// Anybody may be any tenant here, which is for a sample only: a host of yours signs its users in.
app.MapDomainVerification("/domains").AllowAnonymous();
app.MapGet("/", () => TypedResults.Content(WatchPage.Html, "text/html; charset=utf-8"));
app.MapHealthChecks("/health", HealthPage.Options);
app.MapPost("/customer-dns", (TextRecord record) => dns.Publish(record));

await app.RunAsync();
