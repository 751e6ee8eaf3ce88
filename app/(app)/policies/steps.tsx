/** Instructions, one under the other. */
export function Steps({ title, steps }: { title: string; steps: readonly string[] }) {
  return (
    <div className="min-w-0">
      <h3 className="mb-1 font-semibold">{title}</h3>
      <ul className="wrap-anywhere list-disc space-y-1 pl-5">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ul>
    </div>
  )
}
