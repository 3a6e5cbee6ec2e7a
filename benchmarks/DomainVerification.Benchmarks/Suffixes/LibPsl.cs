using System.Runtime.InteropServices;
using System.Text;

namespace DomainVerification.Benchmarks.Suffixes;

/// <summary>libpsl, which curl, wget and GnuTLS use, over a list of its own; Debian has it as <c>libpsl5</c>.</summary>
internal sealed partial class LibPsl : IDisposable
{
    private const string Library = "libpsl.so.5";

    private readonly nint _list;

    /// <param name="file">A file in the format of publicsuffix.org.</param>
    public LibPsl(string file) => _list = Load(file) is var list and not 0 ? list : throw new IOException($"libpsl cannot read {file}.");

    public static bool IsThere
    {
        get
        {
            var isThere = NativeLibrary.TryLoad(Library, out var handle);
            if (isThere)
            {
                NativeLibrary.Free(handle);
            }

            return isThere;
        }
    }

    /// <summary>A name as libpsl wants it: UTF-8, lower case, with a zero behind it.</summary>
    public static byte[] Prepare(string name)
    {
        if (Lower(name, "utf-8", null, out var lower) != 0)
        {
            throw new ArgumentException($"libpsl cannot read {name}.", nameof(name));
        }

        try
        {
            return [.. Encoding.UTF8.GetBytes(Marshal.PtrToStringUTF8(lower)!), 0];
        }
        finally
        {
            Free(lower);
        }
    }

    /// <summary>How many labels the public suffix of a prepared name has.</summary>
    public int SuffixLabels(byte[] name) => Labels(PublicSuffix(_list, ref name[0]));

    /// <summary>How many labels the registrable domain of a prepared name has; 0 where there is none.</summary>
    public int RegistrableLabels(byte[] name) => Labels(RegistrableDomain(_list, ref name[0]));

    /// <summary>Finds the public suffix, and nothing else.</summary>
    public nint Find(byte[] name) => PublicSuffix(_list, ref name[0]);

    public void Dispose() => Unload(_list);

    private static int Labels(nint text) => text == 0 ? 0 : Marshal.PtrToStringUTF8(text)!.Count(c => c == '.') + 1;

    [LibraryImport(Library, EntryPoint = "psl_load_file", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Load(string file);

    [LibraryImport(Library, EntryPoint = "psl_free")]
    private static partial void Unload(nint list);

    [LibraryImport(Library, EntryPoint = "psl_unregistrable_domain")]
    private static partial nint PublicSuffix(nint list, ref byte name);

    [LibraryImport(Library, EntryPoint = "psl_registrable_domain")]
    private static partial nint RegistrableDomain(nint list, ref byte name);

    [LibraryImport(Library, EntryPoint = "psl_str_to_utf8lower", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Lower(string name, string? encoding, string? locale, out nint lower);

    [LibraryImport(Library, EntryPoint = "psl_free_string")]
    private static partial void Free(nint text);
}
