import { runPlugin } from "../protocol/plugin-process";
import { randomProvider } from "./random-provider";

runPlugin(randomProvider());
