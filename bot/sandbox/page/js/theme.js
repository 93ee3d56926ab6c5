// Sets light or dark before anything is drawn; without a choice the device decides.
{
  const chosen = localStorage.getItem("theme");
  if (chosen) document.documentElement.dataset.theme = chosen;
}
