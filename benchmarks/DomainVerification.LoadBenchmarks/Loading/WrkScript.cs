namespace DomainVerification.LoadBenchmarks.Loading;

/// <summary>The script that wrk runs: it goes through requests that a file lists, each thread through its own, and sums up in one line.</summary>
internal static class WrkScript
{
    /// <summary>The requests, a method and a path a line, are in the file that the script's first argument names.</summary>
    public const string Text = """
        local threads = 0
        function setup(thread)
            thread:set("number", threads)
            threads = threads + 1
        end

        function init(args)
            requests = {}
            local line = 0
            for text in io.lines(args[1]) do
                if line % tonumber(args[2]) == number then
                    local method, path = text:match("^(%S+) (%S+)$")
                    requests[#requests + 1] = wrk.format(method, path)
                end
                line = line + 1
            end
            position = 0
        end

        function request()
            position = position % #requests + 1
            return requests[position]
        end

        function done(summary, latency, requests)
            local errors = summary.errors
            io.write(string.format("result %d %d %d %d %d\n", summary.requests, summary.duration,
                errors.connect + errors.read + errors.write + errors.status + errors.timeout,
                latency:percentile(50), latency:percentile(99)))
        end
        """;
}
