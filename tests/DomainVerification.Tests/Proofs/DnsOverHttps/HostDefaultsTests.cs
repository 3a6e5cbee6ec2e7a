using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using static DomainVerification.Tests.Proofs.DnsOverHttps.DnsOverHttpsWorld;

namespace DomainVerification.Tests.Proofs.DnsOverHttps;

/// <summary>Hosts turn on proxies, service discovery, credentials, tracing and logs for all of their clients at once.</summary>
public class HostDefaultsTests
{
    private readonly Intruder _intruder = new();

    [Fact]
    public Task DefaultsOfAllClients_DoNotApply() => AssertUntouchedAsync(builder => builder.Services.ConfigureHttpClientDefaults(Intrude));

    [Fact]
    public Task DefaultsFromBefore_DoNotApply() => AssertUntouchedAsync(_ => { }, services => services.ConfigureHttpClientDefaults(Intrude));

    [Fact]
    public Task WhatTheHostSetsForTheVeryClient_DoesNotApply() =>
        AssertUntouchedAsync((builder, server) => Intrude(builder.Services.AddHttpClient(Prefix + server)));

    [Fact]
    public Task Filters_AreNotAsked() => AssertUntouchedAsync(
        builder => builder.Services.AddSingleton<IHttpMessageHandlerBuilderFilter>(new IntrudingFilter(_intruder)),
        services => services.AddSingleton<IHttpMessageHandlerBuilderFilter>(new IntrudingFilter(_intruder)));

    /// <summary>Which many do to be rid of logs.</summary>
    [Fact]
    public Task AllFiltersTakenOut_DefaultsDoNotApply() => AssertUntouchedAsync(builder =>
    {
        builder.Services.RemoveAll<IHttpMessageHandlerBuilderFilter>();
        builder.Services.ConfigureHttpClientDefaults(Intrude);
    });

    [Fact]
    public async Task Logs_SayNothingOfRequests()
    {
        RecordingProvider logs = new();
        await AssertUntouchedAsync(builder => builder.Services.AddLogging(logging => logging.AddProvider(logs).SetMinimumLevel(LogLevel.Trace)));

        Assert.DoesNotContain(logs.Categories, category => category.StartsWith("System.Net.Http", StringComparison.Ordinal));
    }

    [Fact]
    public async Task FilterBeforeOurs_IsRefused()
    {
        await AssertRefusedAsync(new DnsOverHttpsWorld(builder => builder.Services.Insert(
            0,
            ServiceDescriptor.Singleton<IHttpMessageHandlerBuilderFilter>(new IntrudingFilter(_intruder)))));
    }

    [Fact]
    public async Task FilterBeforeOursThatSetsAProxy_IsRefused()
    {
        await AssertRefusedAsync(new DnsOverHttpsWorld(builder => builder.Services.Insert(
            0,
            ServiceDescriptor.Singleton<IHttpMessageHandlerBuilderFilter>(new ProxyFilter()))));
    }

    [Fact]
    public async Task FactoryOfTheHostThatWrapsHandlers_IsRefused()
    {
        await AssertRefusedAsync(new DnsOverHttpsWorld(wrap: handler => new IntrudingHandler(_intruder) { InnerHandler = handler }));
    }

    [Fact]
    public async Task FactoryOfTheHostThatMakesItsOwn_IsRefused()
    {
        await AssertRefusedAsync(new DnsOverHttpsWorld(wrap: _ => new SocketsHttpHandler()));
    }

    private Task AssertUntouchedAsync(Action<DomainVerificationBuilder> build, Action<IServiceCollection>? before = null) =>
        AssertUntouchedAsync((builder, _) => build(builder), before);

    private async Task AssertUntouchedAsync(Action<DomainVerificationBuilder, string> build, Action<IServiceCollection>? before = null)
    {
        List<string> servers = [];
        await using DnsOverHttpsWorld world = new(builder => build(builder, servers[0]), before);
        await world.AddServerAsync();
        servers.AddRange(world.Servers);

        Assert.Equal("there", Outcome(await world.ResolveAsync()));

        Assert.Equal([Prefix + servers[0]], world.Factory!.Names);
        Assert.Equal(["Accept", "Content-Length", "Content-Type", "Host"], Assert.Single(world.Requests).Keys.Order());
        Assert.Equal(0, _intruder.Seen);
    }

    private async Task AssertRefusedAsync(DnsOverHttpsWorld world)
    {
        await using (world)
        {
            await world.AddServerAsync();

            var fault = await Assert.ThrowsAsync<InvalidOperationException>(world.ResolveAsync);

            Assert.Contains(Prefix + world.Servers[0], fault.Message, StringComparison.Ordinal);
            Assert.Empty(world.Requests);
            Assert.Equal(0, _intruder.Seen);
        }
    }

    private void Intrude(IHttpClientBuilder client) => client
        .ConfigurePrimaryHttpMessageHandler(() =>
        {
            _intruder.Seen++;
            return new SocketsHttpHandler { Proxy = new WebProxy("http://127.0.0.1:1"), AllowAutoRedirect = true };
        })
        .AddHttpMessageHandler(() => new IntrudingHandler(_intruder))
        .ConfigureAdditionalHttpMessageHandlers((handlers, _) => handlers.Add(new IntrudingHandler(_intruder)))
        .SetHandlerLifetime(TimeSpan.FromSeconds(1));

    private sealed class Intruder
    {
        public int Seen { get; set; }
    }

    private sealed class IntrudingHandler(Intruder intruder) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            intruder.Seen++;
            request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class IntrudingFilter(Intruder intruder) : IHttpMessageHandlerBuilderFilter
    {
        public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
        {
            next(builder);
            builder.AdditionalHandlers.Add(new IntrudingHandler(intruder));
        };
    }

    private sealed class ProxyFilter : IHttpMessageHandlerBuilderFilter
    {
        public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
        {
            next(builder);
            ((SocketsHttpHandler)builder.PrimaryHandler).UseProxy = true;
        };
    }

    private sealed class RecordingProvider : ILoggerProvider
    {
        public List<string> Categories { get; } = [];

        public ILogger CreateLogger(string categoryName)
        {
            lock (Categories)
            {
                Categories.Add(categoryName);
            }

            return Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;
        }

        public void Dispose()
        {
        }
    }
}
