'use client'

/** When even the frame fails; styles may be what is missing. */
export default function GlobalError() {
  return (
    <html lang="en">
      <body>
        <main>
          <h1>Cordon could not show this page</h1>
          <p>Something went wrong on our side; it was logged. Nothing stored was changed.</p>
          <button type="button" onClick={() => window.location.reload()}>
            Try again
          </button>
        </main>
      </body>
    </html>
  )
}
