using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace DomainVerification.AspNetCore.Idempotency.Internal;

/// <summary>
/// Holds the body of a response back until the run is over, up to a limit. A body over the limit, and one whose writer wants no buffering,
/// flows to the client as it is written.
/// </summary>
internal sealed class CapturedResponse(IHttpResponseBodyFeature inner, int limit) : Stream, IHttpResponseBodyFeature
{
    private readonly MemoryStream _held = new();
    private PipeWriter? _writer;
    private bool _isUnbuffered;

    /// <summary>Whether the client sees the body as it is written.</summary>
    public bool IsFlowing { get; private set; }

    /// <summary>The whole body, unless <see cref="IsFlowing"/>.</summary>
    public ReadOnlyMemory<byte> Body => _held.GetBuffer().AsMemory(0, (int)_held.Length);

    Stream IHttpResponseBodyFeature.Stream => this;

    PipeWriter IHttpResponseBodyFeature.Writer => _writer ??= PipeWriter.Create(this, new StreamPipeWriterOptions(leaveOpen: true));

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public void DisableBuffering()
    {
        _isUnbuffered = true;
        inner.DisableBuffering();
    }

    public Task StartAsync(CancellationToken cancellationToken) =>
        _isUnbuffered ? FlowAsync(cancellationToken) : Task.CompletedTask;

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken) =>
        SendFileFallback.SendFileAsync(this, path, offset, count, cancellationToken);

    /// <summary>Takes over what is still in the writer.</summary>
    public async Task CompleteAsync()
    {
        if (_writer is not null)
        {
            await _writer.FlushAsync().ConfigureAwait(false);
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (MustFlow(buffer.Length))
        {
            await FlowAsync(cancellationToken).ConfigureAwait(false);
            await inner.Stream.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            _held.Write(buffer.Span);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!MustFlow(buffer.Length))
        {
            _held.Write(buffer);
            return;
        }

        if (!IsFlowing)
        {
            IsFlowing = true;
            inner.Stream.Write(Body.Span);
        }

        inner.Stream.Write(buffer);
    }

    public override void Flush()
    {
        if (IsFlowing)
        {
            inner.Stream.Flush();
        }
    }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_isUnbuffered || IsFlowing)
        {
            await FlowAsync(cancellationToken).ConfigureAwait(false);
            await inner.Stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Gives a body that was held back to the client.</summary>
    public Task SendAsync(CancellationToken cancellationToken) =>
        IsFlowing || _held.Length == 0 ? Task.CompletedTask : inner.Stream.WriteAsync(Body, cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _held.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool MustFlow(int more) => IsFlowing || _isUnbuffered || _held.Length + more > limit;

    private async Task FlowAsync(CancellationToken cancellationToken)
    {
        if (IsFlowing)
        {
            return;
        }

        IsFlowing = true;
        await inner.StartAsync(cancellationToken).ConfigureAwait(false);
        if (_held.Length > 0)
        {
            await inner.Stream.WriteAsync(Body, cancellationToken).ConfigureAwait(false);
        }
    }
}
