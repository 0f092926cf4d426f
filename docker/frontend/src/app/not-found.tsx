/** What is shown for an address that leads nowhere. */
export default function NotFound() {
  return (
    <main className="gate">
      <h1>There is no such page</h1>
      <p>
        <a href="/">Go to your tasks</a>
      </p>
    </main>
  );
}
