namespace DomainVerification.Testing;

/// <summary>At what point a fault strikes.</summary>
internal enum WebFaultManner
{
    /// <summary>In place of the answer.</summary>
    Answer,

    /// <summary>In place of the TLS handshake.</summary>
    NoTls,
}

/// <summary>What becomes of the connection when all is sent.</summary>
internal enum WebFaultEnd
{
    /// <summary>It is closed.</summary>
    Close,

    /// <summary>It is kept open until the client goes.</summary>
    Hold,

    /// <summary>It is reset.</summary>
    Reset,
}
