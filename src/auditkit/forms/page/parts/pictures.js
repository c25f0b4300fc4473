// Photos are made smaller before they are kept: a wave of them must fit into a mail, and place and device stay behind.

const LONGEST = 1600, QUALITY = 0.8, LARGEST = 12;

async function scaled(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const share = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * share));
  canvas.height = Math.max(1, Math.round(picture.height * share));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("no picture"))), "image/jpeg", QUALITY));
}

function nameFor(row, ending) {
  const visit = (state.visit.visit_id || "visit").replace(/[^\w.-]+/g, "_"), taken = new Set(allFiles().map((file) => file.name));
  const free = (at) => `${visit}-${String(row.n).replace(/[^\w.-]+/g, "_")}-${at}${ending}`;
  let at = 1;
  while (taken.has(free(at))) at += 1;
  return free(at);
}

// Adds a file to a question; gives a sentence where it could not be added.
async function addFile(checklist, row, file) {
  const given = state.of[checklist.id], isPicture = file.type.startsWith("image/");
  let blob = file, ending = (file.name.match(/\.\w{1,8}$/) || [""])[0].toLowerCase();
  if (isPicture) {
    try {
      blob = await scaled(file);
      ending = ".jpg";
    } catch {
      return say("no_picture", { name: file.name });
    }
  }
  if (blob.size > LARGEST * 1024 * 1024) return say("too_big", { name: file.name, mb: LARGEST });
  const name = nameFor(row, ending), made = new Date(file.lastModified || Date.now());
  given.files[row.id] = [...(given.files[row.id] || []), { name, made: withOffset(made) }];
  await keepFile(name, blob);
  await keep();
  return "";
}

function removeFile(checklist, row, name) {
  const given = state.of[checklist.id];
  given.files[row.id] = (given.files[row.id] || []).filter((file) => file.name !== name);
  if (!given.files[row.id].length) delete given.files[row.id];
  dropFile(name);
  keep();
}
