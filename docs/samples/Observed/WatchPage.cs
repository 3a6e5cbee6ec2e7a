namespace Observed;

/// <summary>
/// A page that turns green by itself: <c>EventSource</c> opens the stream of the claim, and again whenever it ends. It sends cookies
/// and no headers, so the tenant is in a cookie here.
/// </summary>
internal static class WatchPage
{
    public const string Html = """
        <!DOCTYPE html>
        <html lang="en">
        <title>Waiting for the proof</title>
        <h1 id="status">...</h1>
        <p id="says"></p>
        <script>
          document.cookie = "tenant=ann; SameSite=Strict";
          const status = document.getElementById("status"), says = document.getElementById("says");
          const events = new EventSource(`/domains/${location.hash.slice(1)}/events`);
          events.addEventListener("claim", event => {
            const claim = JSON.parse(event.data).claim;
            const isProved = claim.status === "verified" || claim.status === "claimed";
            status.textContent = `${claim.domain}: ${claim.status}`;
            says.textContent = claim.lastCheck ? `${claim.attempts} looks in vain; the last one said ${claim.lastCheck.code}` : "";
            document.body.style.background = isProved ? "lightgreen" : "white";
          });
        </script>
        """;
}
