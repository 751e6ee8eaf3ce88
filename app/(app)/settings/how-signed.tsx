/** What receivers of a webhook make of a request's headers. */
export function HowSigned() {
  return (
    <>
      Receivers check <code>Cordon-Signature</code>:{' '}
      <code>t=seconds,v1=HMAC-SHA256(secret, seconds + &quot;.&quot; + body)</code>, and may get one{' '}
      <code>Cordon-Delivery</code> twice.
    </>
  )
}
