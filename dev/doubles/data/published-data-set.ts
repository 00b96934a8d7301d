import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Files of a data set in the published layout, by path below `Characters`. Values that are not text become JSON. */
export type DataSetFiles = Record<string, unknown>;

/** Two invented people, each with four lines of story (Bo with a blank one among them) and two memories. */
export function dataSetFiles(): DataSetFiles {
  const files: DataSetFiles = {
    "character_profiles.json": ["Ann Ray", "Bo Lind"].map((name, index) => ({
      ID: `00${index + 1}`,
      Gender: "female",
      Name: name,
      Age: 30 + index,
      Date_of_birth: "1990-03-04",
      Photo: "NULL",
      Occupation: "baker",
      Traits: "- I get up early. - I dislike noise - mostly. - Is that so bad? ",
      Hobbies: "chess, long walks",
      Family: "low-income, nuclear family",
      Education: "have completed high school",
      "Short-term_goals": "sleeping more, baking less",
      "Long-term_goal": "owning a mill",
    })),
    "character_introductions.json": ["Ann Ray", "Bo Lind"].map((name, index) => ({
      ID: `00${index + 1}`,
      Name: name,
      Personality_traits: "- I get up early. - I dislike noise - mostly. - Is that so bad? ",
      Basic_infos: `Name: ${name}`,
      Extra: {},
      Content: `${name} bakes bread.\n\nIt is good bread.`,
    })),
  };
  for (const name of ["Ann Ray", "Bo Lind"]) {
    files[`Stories/${name}/${name}.txt`] = name === "Bo Lind" ? "one\n\nthree\nfour\n" : "one \ntwo\nthree\n";
    const memory = (n: number) => ({
      Memory_Summary: `Summary ${n}.`,
      Memory: { "Memory Content": `Content ${n}.`, Thinking: `Thinking ${n}.`, Emotion: `Emotion ${n}.` },
    });
    files[`Memories/${name}/long_memory.json`] = { "001": memory(1), "002": memory(2) };
    files[`Memories/${name}/index.json`] = { "001": "Summary 1.", "002": "Summary 2." };
    const question = (type: string, options: string[], answer: string[]) => [
      { type, question: `${type} of ${name}?`, options, answer },
    ];
    const questions = `Questions/${name}`;
    files[`${questions}/Cloze.json`] = question("Cloze", [""], [name]);
    files[`${questions}/Single_choice.json`] = question(
      "Single_choice",
      ["A. one", "C. three", "B.  two ", "D. four"],
      ["B"],
    );
    files[`${questions}/Multiple_choices.json`] = question(
      "Multiple_choices",
      ["A. a", "B. b", "C. c", "D. d", "E. e", "F. f"],
      ["A", "C", "F"],
    );
    files[`${questions}/Open-Ended.json`] = [
      { type: "Open-Ended", question: "You oversleep.", options: [""], answer: [""] },
      { type: "Open-Ended", question: "", options: [""], answer: [""] },
    ];
  }
  return files;
}

/** Writes the files below a folder, which is made. */
export async function writeDataSet(folder: string, files: DataSetFiles): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(
      path,
      typeof content === "string" || Buffer.isBuffer(content) ? content : JSON.stringify(content),
    );
  }
}
