using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;

namespace DomainVerification.AspNetCore.Tests.Idempotency;

/// <summary>Runs that meet, crash, take too long, or are left by their client.</summary>
public sealed class RunTests
{
    private int _runs;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_32_parallel_requests_with_one_key_one_runs(bool onSqlite)
    {
        await using var host = await IdempotentHost.StartAsync(
            app => app.MapPost("/run", async () =>
            {
                await Task.Yield();
                return $"{Interlocked.Increment(ref _runs)}";
            }).WithIdempotencyKey(),
            onSqlite: onSqlite);

        var replies = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => host.SendAsync("/run", "k")));

        Assert.Equal(1, _runs);
        Assert.Single(replies, reply => reply.Status == 200 && !reply.IsReplayed);
        Assert.All(replies, reply => Assert.True(
            reply is { Status: 200, Body: "1" } || (reply.Status == 409 && reply.Code == IdempotencyErrorCodes.InProgress)));
    }

    [Fact]
    public async Task A_run_that_throws_frees_its_key_for_any_request()
    {
        await using var host = await IdempotentHost.StartAsync(app => app.MapPost("/run", () =>
            ++_runs == 1 ? throw new InvalidOperationException() : TypedResults.Text($"{_runs}")).WithIdempotencyKey());

        var crashed = await host.SendAsync("/run", "k", "{\"a\":1}");
        var again = await host.SendAsync("/run", "k", "{\"a\":2}");

        Assert.Equal((500, 200, "2", false), (crashed.Status, again.Status, again.Body, again.IsReplayed));
    }

    [Fact]
    public async Task A_process_that_dies_frees_its_key_when_the_lease_ends()
    {
        using var surroundings = new Surroundings();
        var reached = new TaskCompletionSource();
        var never = new TaskCompletionSource();
        void Map(WebApplication app) => app.MapPost("/run", async () =>
        {
            if (++_runs == 1)
            {
                reached.SetResult();
                await never.Task;
            }

            return $"{_runs}";
        }).WithIdempotencyKey();

        var dying = await IdempotentHost.StartAsync(Map, surroundings, onSqlite: true);
        var lost = dying.SendAsync("/run", "k");
        await reached.Task;
        await using var restarted = await IdempotentHost.StartAsync(Map, surroundings, onSqlite: true);

        var within = await restarted.SendAsync("/run", "k");
        surroundings.Time.Advance(TimeSpan.FromMinutes(1));
        var after = await restarted.SendAsync("/run", "k");

        Assert.Equal((409, IdempotencyErrorCodes.InProgress), (within.Status, within.Code));
        Assert.Equal((200, "2"), (after.Status, after.Body));
        never.SetResult();
        await lost;
        await dying.DisposeAsync();
        Assert.Equal(("2", true), ((await restarted.SendAsync("/run", "k")).Body, (await restarted.SendAsync("/run", "k")).IsReplayed));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_that_outlived_its_lease_does_not_overwrite_the_next(bool throws)
    {
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var host = await IdempotentHost.StartAsync(app => app.MapPost("/run", async () =>
        {
            var run = Interlocked.Increment(ref _runs);
            if (run == 1)
            {
                reached.SetResult();
                await go.Task;
                return throws ? throw new InvalidOperationException() : "slow";
            }

            return "fast";
        }).WithIdempotencyKey());
        var slow = host.SendAsync("/run", "k");
        await reached.Task;
        host.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("fast", (await host.SendAsync("/run", "k")).Body);
        go.SetResult();

        Assert.Equal(throws ? (500, "") : (200, "slow"), ((await slow).Status, (await slow).Body));
        Assert.Equal(("fast", 2), ((await host.SendAsync("/run", "k")).Body, _runs));
        Assert.Equal(!throws, host.Log.Any(line => line.StartsWith("8002 ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_store_that_throws_at_the_begin_lets_nothing_run(bool isBefore)
    {
        await using var host = await StartCountingAsync();
        (host.Store.ThrowsAtBegin, host.Store.ThrowsAfterBegin) = (isBefore, !isBefore);

        var refused = await host.SendAsync("/run", "k");
        (host.Store.ThrowsAtBegin, host.Store.ThrowsAfterBegin) = (false, false);

        Assert.Equal((503, IdempotencyErrorCodes.StoreUnavailable, "2"), (refused.Status, refused.Code, refused.Headers["Retry-After"]));
        Assert.Equal(0, _runs);
        Assert.Equal("1", (await host.SendAsync("/run", "k")).Body);
    }

    [Fact]
    public async Task A_store_that_throws_once_at_the_completion_is_asked_again()
    {
        await using var host = await StartCountingAsync();
        host.Store.CompletionsToFail = 1;

        Assert.Equal("1", (await host.SendAsync("/run", "k")).Body);
        Assert.True((await host.SendAsync("/run", "k")).IsReplayed);
    }

    [Fact]
    public async Task A_store_that_is_out_at_the_completion_does_not_take_the_response_away()
    {
        await using var host = await StartCountingAsync();
        host.Store.CompletionsToFail = 2;

        var first = await host.SendAsync("/run", "k");

        Assert.Equal((200, "1"), (first.Status, first.Body));
        Assert.Equal(409, (await host.SendAsync("/run", "k")).Status);
        Assert.Contains(host.Log, line => line.StartsWith("8004 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_store_that_is_out_when_a_run_is_abandoned_frees_the_key_by_the_lease()
    {
        await using var host = await IdempotentHost.StartAsync(app => app.MapPost("/run", () =>
            ++_runs == 1 ? throw new InvalidOperationException() : TypedResults.Text("2")).WithIdempotencyKey());
        host.Store.AbandonsToFail = 2;

        Assert.Equal(500, (await host.SendAsync("/run", "k")).Status);
        Assert.Equal(409, (await host.SendAsync("/run", "k")).Status);
        host.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("2", (await host.SendAsync("/run", "k")).Body);
    }

    [Fact]
    public async Task A_client_that_leaves_finds_the_whole_response_when_it_returns()
    {
        var (reached, go, ended) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        var (wasCancelled, hadLeft) = (true, false);
        await using var host = await IdempotentHost.StartAsync(app =>
        {
            app.Use(async (context, next) =>
            {
                try
                {
                    await next(context);
                }
                finally
                {
                    hadLeft |= context.RequestAborted.IsCancellationRequested;
                    ended.TrySetResult();
                }
            });
            app.MapPost("/run", async (HttpContext context, CancellationToken cancellationToken) =>
            {
                _runs++;
                reached.SetResult();
                await go.Task;
                wasCancelled = cancellationToken.IsCancellationRequested || context.RequestAborted.IsCancellationRequested;
                return TypedResults.Json(new[] { new string('x', 100_000) });
            }).WithIdempotencyKey();
        });
        using var leaving = new CancellationTokenSource();
        var left = host.SendAsync("/run", "k", cancellationToken: leaving.Token);
        await reached.Task;

        await leaving.CancelAsync();
        go.SetResult();
        await ended.Task;
        Assert.IsAssignableFrom<Exception>(await Record.ExceptionAsync(() => left));
        var again = await host.SendAsync("/run", "k");

        Assert.Equal((true, false), (hadLeft, wasCancelled));
        Assert.Equal((200, true, 100_004, 1), (again.Status, again.IsReplayed, again.Body.Length, _runs));
    }

    [Fact]
    public async Task A_run_that_its_host_aborts_is_abandoned()
    {
        var ended = new TaskCompletionSource();
        await using var host = await IdempotentHost.StartAsync(app =>
        {
            app.Use(async (context, next) =>
            {
                try
                {
                    await next(context);
                }
                finally
                {
                    ended.TrySetResult();
                }
            });
            app.MapPost("/run", async (HttpContext context) =>
            {
                await context.Response.WriteAsync("half");
                if (++_runs == 1)
                {
                    context.Abort();
                }
            }).WithIdempotencyKey();
        });

        await Assert.ThrowsAnyAsync<Exception>(() => host.SendAsync("/run", "k"));
        // The client learns of the abort while the run is still being abandoned.
        await ended.Task;

        Assert.Equal((false, 2), ((await host.SendAsync("/run", "k")).IsReplayed, _runs));
    }

    [Fact]
    public async Task A_run_that_its_host_times_out_is_abandoned()
    {
        using var timeout = new CancellationTokenSource();
        await using var host = await IdempotentHost.StartAsync(app =>
        {
            app.Use((context, next) =>
            {
                context.Features.Set<IHttpRequestTimeoutFeature>(new Timeout(timeout.Token));
                return next(context);
            });
            app.MapPost("/run", async (CancellationToken cancellationToken) =>
            {
                if (++_runs == 1)
                {
                    await timeout.CancelAsync();
                    Assert.True(cancellationToken.IsCancellationRequested);
                }

                return $"{_runs}";
            }).WithIdempotencyKey();
        });

        await host.SendAsync("/run", "k");

        Assert.Equal((false, 2), ((await host.SendAsync("/run", "k", "{\"a\":1}")).IsReplayed, _runs));
    }

    [Fact]
    public async Task What_binding_refuses_is_not_kept()
    {
        await using var host = await IdempotentHost.StartAsync(app =>
        {
            app.MapPost("/body", (Order order) => $"{order.Count} {++_runs}").WithIdempotencyKey();
            app.MapPost("/query", (int count) => $"{count} {++_runs}").WithIdempotencyKey();
        });

        Assert.Equal(400, (await host.SendAsync("/body", "k", "{")).Status);
        Assert.Equal(415, (await host.SendAsync("/body", "k", "{}", contentType: "text/plain")).Status);
        Assert.Equal("3 1", (await host.SendAsync("/body", "k", "{\"count\":3}")).Body);
        Assert.Equal(400, (await host.SendAsync("/query?count=x", "k")).Status);
        Assert.Equal("4 2", (await host.SendAsync("/query?count=4", "k")).Body);
    }

    [Fact]
    public async Task What_a_filter_in_front_refuses_is_not_kept_and_what_one_behind_refuses_is()
    {
        ValueTask<object?> Refuse(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
        {
            _runs++;
            return ValueTask.FromResult<object?>(TypedResults.BadRequest());
        }

        await using var host = await IdempotentHost.StartAsync(app =>
        {
            app.MapPost("/front", () => "never").AddEndpointFilter(Refuse).WithIdempotencyKey();
            app.MapPost("/behind", () => "never").WithIdempotencyKey().AddEndpointFilter(Refuse);
        });

        foreach (var (path, isReplayed) in new[] { ("/front", false), ("/behind", true) })
        {
            Assert.Equal(400, (await host.SendAsync(path, "k")).Status);
            Assert.Equal((400, isReplayed), ((await host.SendAsync(path, "k")).Status, (await host.SendAsync(path, "k")).IsReplayed));
        }
    }

    [Fact]
    public async Task A_handler_can_forget_its_run()
    {
        await using var host = await IdempotentHost.StartAsync(app => app.MapPost("/run", (HttpContext context) =>
        {
            context.Features.Get<IIdempotentRun>()!.Forget();
            return TypedResults.BadRequest(++_runs);
        }).WithIdempotencyKey());

        Assert.Equal((400, "1"), ((await host.SendAsync("/run", "k")).Status, "1"));
        Assert.Equal("2", (await host.SendAsync("/run", "k", "{\"a\":1}")).Body);
    }

    [Fact]
    public async Task A_handler_can_forbid_the_replay()
    {
        await using var host = await IdempotentHost.StartAsync(app => app.MapPost("/run", (HttpContext context) =>
        {
            context.Features.Get<IIdempotentRun>()!.ForbidReplay();
            return $"secret {++_runs}";
        }).WithIdempotencyKey());

        var first = await host.SendAsync("/run", "k");
        var again = await host.SendAsync("/run", "k");

        Assert.Equal((200, "secret 1"), (first.Status, first.Body));
        Assert.Equal((409, IdempotencyErrorCodes.NotReplayable, 1), (again.Status, again.Code, _runs));
        Assert.Equal(2, host.Store.Outcome.Length);
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    [InlineData(3_000_000, false)]
    public async Task A_response_over_the_limit_reaches_the_client_and_is_not_kept(int length, bool isKept)
    {
        await using var host = await IdempotentHost.StartAsync(app => app.MapPost("/run", () => new string('x', length))
            .WithIdempotencyKey(IdempotencyOptions.Draft() with { MaximumResponseBodySize = 1000 }));

        var first = await host.SendAsync("/run", "k");
        var again = await host.SendAsync("/run", "k");

        Assert.Equal((200, length), (first.Status, first.Body.Length));
        Assert.Equal(isKept ? (200, null) : (409, IdempotencyErrorCodes.NotReplayable), (again.Status, again.Code));
    }

    [Fact]
    public async Task A_stream_flows_as_it_is_written_and_is_not_kept()
    {
        var go = new TaskCompletionSource();
        await using var host = await IdempotentHost.StartAsync(app => app.MapPost("/run", async (HttpContext context) =>
        {
            context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpResponseBodyFeature>()!.DisableBuffering();
            await context.Response.WriteAsync("one ");
            await context.Response.Body.FlushAsync();
            await go.Task;
            await context.Response.WriteAsync("two");
        }).WithIdempotencyKey());
        using var request = new HttpRequestMessage(HttpMethod.Post, "/run");
        request.Headers.Add("X-User", "ann");
        request.Headers.Add("Idempotency-Key", "k");
        request.Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");

        using var response = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        var part = new byte[4];
        await body.ReadExactlyAsync(part);
        go.SetResult();
        using var reader = new StreamReader(body);

        Assert.Equal(("one ", "two"), (System.Text.Encoding.ASCII.GetString(part), await reader.ReadToEndAsync()));
        Assert.Equal(IdempotencyErrorCodes.NotReplayable, (await host.SendAsync("/run", "k")).Code);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused_whether_it_says_its_length_or_not()
    {
        await using var host = await IdempotentHost.StartAsync(app => app.MapPost("/run", (HttpContext context) => $"{++_runs}")
            .WithIdempotencyKey(IdempotencyOptions.Draft() with { MaximumRequestBodySize = 1000 }));

        var sized = await host.SendAsync("/run", "k", new string('x', 1001));
        using var endless = new EndlessStream();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/run") { Content = new StreamContent(endless) };
        request.Headers.Add("X-User", "ann");
        request.Headers.Add("Idempotency-Key", "k");
        var chunked = await Reply.OfAsync(await host.Client.SendAsync(request));

        Assert.Equal((413, IdempotencyErrorCodes.BodyTooLarge), (sized.Status, sized.Code));
        Assert.Equal((413, IdempotencyErrorCodes.BodyTooLarge), (chunked.Status, chunked.Code));
        Assert.Equal((0, 0), (_runs, host.Store.Begins));
        Assert.Equal(200, (await host.SendAsync("/run", "k", new string('x', 1000))).Status);
    }

    [Fact]
    public async Task A_real_server_runs_replays_and_refuses_as_well()
    {
        await using var host = await IdempotentHost.StartAsync(
            app =>
            {
                app.MapPost("/run", (Order order) => TypedResults.Created($"/runs/{++_runs}", new string('x', order.Count)))
                    .WithIdempotencyKey(IdempotencyOptions.Draft() with { MaximumRequestBodySize = 1000 });
                app.MapDelete("/run", () => TypedResults.NoContent()).WithIdempotencyKey();
            },
            onSqlite: true,
            onKestrel: true);

        var first = await host.SendAsync("/run", "k", "{\"count\":200000}");
        var again = await host.SendAsync("/run", "k", "{\"count\":200000}");
        var other = await host.SendAsync("/run", "k", "{\"count\":200001}");
        var malformed = await host.SendAsync("/run", "l", "{");
        var large = await host.SendAsync("/run", "m", new string('x', 100_000));
        await host.SendAsync("/run", "n", method: "DELETE");
        var gone = await host.SendAsync("/run", "n", method: "DELETE");

        Assert.Equal((201, 200_002, "/runs/1", false), (first.Status, first.Body.Length, first.Headers["Location"], first.IsReplayed));
        Assert.Equal((201, first.Body, "/runs/1", true), (again.Status, again.Body, again.Headers["Location"], again.IsReplayed));
        Assert.Equal((422, 400, 413), (other.Status, malformed.Status, large.Status));
        Assert.Equal((204, true, 1), (gone.Status, gone.IsReplayed, _runs));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task A_safe_request_needs_no_key_and_repeats(string method)
    {
        await using var host = await IdempotentHost.StartAsync(app =>
            app.MapMethods("/run", ["GET", "HEAD"], () => $"{++_runs}").RequireIdempotency());

        Assert.Equal((200, 200), ((await host.SendAsync("/run", null, method: method)).Status, 200));
        Assert.False((await host.SendAsync("/run", "k", method: method)).IsReplayed);
        Assert.False((await host.SendAsync("/run", "k", method: method)).IsReplayed);
        Assert.Equal((3, 0), (_runs, host.Store.Begins));
    }

    [Fact]
    public async Task A_group_sets_what_its_endpoints_can_change()
    {
        await using var host = await IdempotentHost.StartAsync(app =>
        {
            var group = app.MapGroup("/shop").RequireIdempotency(IdempotencyOptions.Migma());
            group.MapPost("/orders/{id}", (string id) => $"{++_runs}");
            group.MapPost("/carts", () => $"{++_runs}").WithIdempotencyKey(IdempotencyOptions.Draft());
        });

        Assert.Equal(IdempotencyErrorCodes.KeyMissing, (await host.SendAsync("/shop/orders/1", null)).Code);
        Assert.Equal(200, (await host.SendAsync("/shop/orders/1", "k")).Status);
        Assert.Equal("IDEMPOTENCY_CONFLICT", (await host.SendAsync("/shop/orders/2", "k")).Code);
        Assert.Equal(200, (await host.SendAsync("/shop/carts", null)).Status);
        Assert.Equal(200, (await host.SendAsync("/shop/carts", new string('k', 101))).Status);
        Assert.True((await host.SendAsync("/shop/carts", new string('k', 101))).IsReplayed);
    }

    [Fact]
    public async Task A_plain_request_delegate_takes_keys_too()
    {
        RequestDelegate handler = context => context.Response.WriteAsync($"{++_runs}");
        await using var host = await IdempotentHost.StartAsync(app => app.MapPost("/run", handler).WithIdempotencyKey());

        Assert.Equal("1", (await host.SendAsync("/run", "k")).Body);
        Assert.Equal(("1", true), ((await host.SendAsync("/run", "k")).Body, (await host.SendAsync("/run", "k")).IsReplayed));
    }

    [Fact]
    public async Task An_answer_without_a_body_is_replayed_without_one()
    {
        await using var host = await IdempotentHost.StartAsync(app => app.MapDelete("/run", () =>
        {
            _runs++;
            return TypedResults.NoContent();
        }).WithIdempotencyKey());

        Assert.Equal(204, (await host.SendAsync("/run", "k", method: "DELETE")).Status);
        var again = await host.SendAsync("/run", "k", method: "DELETE");
        Assert.Equal((204, "", true, 1), (again.Status, again.Body, again.IsReplayed, _runs));
    }

    private Task<IdempotentHost> StartCountingAsync() =>
        IdempotentHost.StartAsync(app => app.MapPost("/run", () => $"{++_runs}").WithIdempotencyKey());

    private sealed record Order(int Count);

    private sealed class Timeout(CancellationToken token) : IHttpRequestTimeoutFeature
    {
        public CancellationToken RequestTimeoutToken => token;

        public void DisableTimeout()
        {
        }
    }

    /// <summary>More than any test should read.</summary>
    private sealed class EndlessStream : Stream
    {
        private long _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _read;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if ((_read += count) > 64 * 1024 * 1024)
            {
                throw new InvalidOperationException("Too much was read.");
            }

            RandomNumberGenerator.Fill(buffer.AsSpan(offset, count));
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
