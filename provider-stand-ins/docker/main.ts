import { runPlugin } from "../protocol/plugin-process";
import { dockerProvider } from "./docker-provider";

runPlugin(dockerProvider());
