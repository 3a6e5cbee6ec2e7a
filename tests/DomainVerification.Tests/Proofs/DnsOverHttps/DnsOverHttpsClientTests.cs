using System.Diagnostics.Metrics;
using DomainVerification.Tests.Tls;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;
using static DomainVerification.Tests.Proofs.DnsOverHttps.DnsOverHttpsWorld;

namespace DomainVerification.Tests.Proofs.DnsOverHttps;

/// <summary>The handlers of DNS over HTTPS come from the host's factory, and reach their servers and nothing else.</summary>
public class DnsOverHttpsClientTests
{
    [Fact]
    public async Task Resolve_OverHttps_TheFactoryMadeTheHandler()
    {
        await using DnsOverHttpsWorld world = new();
        await world.AddServerAsync();

        Assert.Equal("there", Outcome(await world.ResolveAsync()));
        Assert.Equal("there", Outcome(await world.ResolveAsync()));

        Assert.Equal([Prefix + world.Servers[0]], world.Factory!.Names);
        Assert.Same(
            world.Factory.Made.Single().Handler,
            world.Services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(Prefix + world.Servers[0]));
    }

    [Fact]
    public async Task Resolve_InClearText_NothingOfItIsMade()
    {
        await using DnsOverHttpsWorld world = new();
        var hidden = await world.StartAsync();
        world.Servers.Add("127.0.0.1:" + hidden.Port);
        world.Servers.Add(Notation(hidden));

        await world.ResolveAtAsync(world.Servers[0]);
        Assert.Null(world.Factory);

        Assert.Equal("there", Outcome(await world.ResolveAtAsync(world.Servers[1])));
        Assert.NotNull(world.Factory);
    }

    /// <summary>Their URLs have the same host and port, by which a handler knows connections.</summary>
    [Fact]
    public async Task Resolve_TwoServersOfOneName_ShareNothing()
    {
        await using DnsOverHttpsWorld world = new();
        var there = await world.AddServerAsync();
        world.Servers.Add(Notation(there, "127.0.0.2"));
        world.Servers.Add(Notation(there, path: "/other"));

        Assert.Equal("there", Outcome(await world.ResolveAtAsync(world.Servers[0])));
        Assert.Equal("connection_refused", Outcome(await world.ResolveAtAsync(world.Servers[1])));
        Assert.Equal("there", Outcome(await world.ResolveAtAsync(world.Servers[2])));

        Assert.Equal(world.Servers.Select(server => Prefix + server), world.Factory!.Names);
        Assert.Equal(3, world.Factory.Made.Select(made => made.Handler).Distinct().Count());
        Assert.Equal(2, there.Connections.Count);
    }

    [Theory]
    [InlineData("name", "tls_name_mismatch")]
    [InlineData("time", "tls_certificate_expired")]
    [InlineData("authority", "tls_certificate_untrusted")]
    public async Task Resolve_BadCertificate_IsRefusedBeforeTheQuery(string what, string code)
    {
        await using DnsOverHttpsWorld world = new();
        await world.AddServerAsync(certificate: what switch
        {
            "name" => world.Authority.Issue("other.example"),
            "time" => world.Authority.Issue(ServerName, expired: true),
            _ => TestAuthority.SelfSigned(ServerName),
        });

        Assert.Equal(code, Outcome(await world.ResolveAsync()));

        Assert.Single(world.Factory!.Made);
        Assert.Empty(world.Requests);
    }

    /// <summary>Whoever asks the factory for the handler gets one that leads to the server, whatever the URL says.</summary>
    [Fact]
    public async Task Handler_UsedForAnythingElse_ReachesItsServerOnly()
    {
        await using DnsOverHttpsWorld world = new();
        await world.AddServerAsync();
        var other = await world.StartAsync("other");
        using HttpMessageInvoker invoker = new(
            world.Services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(Prefix + world.Servers[0]),
            disposeHandler: false);
        using HttpRequestMessage request = new(HttpMethod.Post, $"https://localhost:{other.Port}/") { Version = new Version(2, 0) };

        // The server takes what is no query for a fault of its own.
        using var response = await invoker.SendAsync(request, CancellationToken.None);

        Assert.Empty(other.Connections);
        Assert.Single(world.Requests);
    }

    [Fact]
    public async Task Host_Stopped_ConnectionsAreClosed()
    {
        await using DnsOverHttpsWorld world = new();
        await world.AddServerAsync();
        Assert.Equal("there", Outcome(await world.ResolveAsync()));
        using HttpMessageInvoker invoker = new(world.Factory!.Made.Single().Handler, disposeHandler: false);
        using HttpRequestMessage request = new(HttpMethod.Get, $"https://{ServerName}/");

        await world.StopAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => invoker.SendAsync(request, CancellationToken.None));
    }

    /// <summary>The factory keeps what it made for good, so it makes no more than the options name.</summary>
    [Fact]
    public async Task Resolve_ServersThatAreNotInTheOptions_TheFactoryIsNotAsked()
    {
        await using DnsOverHttpsWorld world = new();
        var server = await world.AddServerAsync();
        Assert.Equal("there", Outcome(await world.ResolveAsync()));

        for (var i = 0; i < 40; i++)
        {
            Assert.Equal("there", Outcome(await world.ResolveAtAsync(Notation(server, path: $"/q{i}"))));
        }

        Assert.Equal("there", Outcome(await world.ResolveAsync()));
        Assert.Single(world.Factory!.Made);
        Assert.Equal(41, server.Connections.Count);
    }

    /// <summary>The factory replaces handlers, with all their connections, so that names are looked up anew. Here the address is fixed.</summary>
    [Fact]
    public async Task Handler_LivesAsLongAsTheHost_WhateverTheDefault()
    {
        await using DnsOverHttpsWorld world = new(builder =>
            builder.Services.ConfigureHttpClientDefaults(defaults => defaults.SetHandlerLifetime(TimeSpan.FromSeconds(1))));
        await world.AddServerAsync();
        var options = world.Services.GetRequiredService<IOptionsMonitor<HttpClientFactoryOptions>>();

        Assert.Equal(Timeout.InfiniteTimeSpan, options.Get(Prefix + world.Servers[0]).HandlerLifetime);
        Assert.Equal(TimeSpan.FromSeconds(1), options.Get("other").HandlerLifetime);
    }

    [Fact]
    public async Task Requests_AreCountedByTheMetersOfTheHost()
    {
        await using DnsOverHttpsWorld world = new();
        await world.AddServerAsync();
        var meters = world.Services.GetRequiredService<IMeterFactory>();
        var requests = 0;
        using MeterListener listener = new()
        {
            InstrumentPublished = (instrument, itself) =>
            {
                if (instrument.Meter.Scope == meters && instrument.Name == "http.client.request.duration")
                {
                    itself.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => Interlocked.Increment(ref requests));
        listener.Start();

        Assert.Equal("there", Outcome(await world.ResolveAsync()));

        Assert.Equal(1, requests);
    }
}
