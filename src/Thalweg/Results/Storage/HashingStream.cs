// A stream that passes bytes on and keeps their SHA-256 and their number, so that a file is hashed while it is written.
using System;
using System.IO;
using System.Security.Cryptography;
using System.Threading;

namespace Thalweg.Results.Storage;

/// <summary>Write-only; owns neither the stream beneath nor its position.</summary>
/// <param name="beneath">Where the bytes go.</param>
/// <param name="cancellation">Ends the writing with an <see cref="OperationCanceledException"/>: whoever writes much must be stoppable.</param>
internal sealed class HashingStream(Stream beneath, CancellationToken cancellation = default) : Stream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private long bytes;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => bytes;

    public override long Position { get => bytes; set => throw new NotSupportedException(); }

    /// <summary>The hash of everything written since the last call, 64 lower-case hexadecimal digits.</summary>
    public string Finish() => Convert.ToHexStringLower(hash.GetHashAndReset());

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        cancellation.ThrowIfCancellationRequested();
        hash.AppendData(buffer);
        beneath.Write(buffer);
        bytes += buffer.Length;
    }

    public override void Flush() => beneath.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            hash.Dispose();
        }

        base.Dispose(disposing);
    }
}
