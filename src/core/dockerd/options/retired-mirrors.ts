/** A mirror of Docker Hub that guides still name. */
export interface RetiredMirror {
  readonly host: string;
  /** When that was said. */
  readonly date: string;
  readonly source: string;
  /** It gives images to this network alone; undefined where it gives them to nobody. */
  readonly only?: string;
}

const AZURE = {
  date: '2020-04-03',
  source: 'https://github.com/Azure/container-service-for-azure-china/issues/59',
  only: 'Azure China',
};

/** Each as somebody in charge, or several who tried, said it in public; nothing is asked from here. */
const RETIRED: readonly RetiredMirror[] = [
  {
    host: 'registry.docker-cn.com',
    date: '2019-05-12',
    source: 'https://github.com/docker/docs/issues/8793',
  },
  { host: 'dockerhub.azk8s.cn', ...AZURE },
  { host: 'gcr.azk8s.cn', ...AZURE },
  { host: 'quay.azk8s.cn', ...AZURE },
  {
    host: 'reg-mirror.qiniu.com',
    date: '2020-05-30',
    source: 'https://github.com/docker-practice/docker-registry-cn-mirror-test/issues/3',
  },
  {
    host: 'docker.mirrors.ustc.edu.cn',
    date: '2022-08-24',
    source: 'https://github.com/docker-practice/docker-registry-cn-mirror-test/issues/1',
    only: 'the campus of USTC',
  },
  {
    host: 'mirror.baidubce.com',
    date: '2024-12-13',
    source: 'https://github.com/docker-practice/docker-registry-cn-mirror-test/issues/6',
  },
  {
    host: 'docker.mirrors.sjtug.sjtu.edu.cn',
    date: '2024-07-09',
    source: 'https://github.com/sjtug/mirror-requests/issues/369',
  },
];

const BY_HOST: ReadonlyMap<string, RetiredMirror> = new Map(
  RETIRED.map((mirror) => [mirror.host, mirror]),
);

/** What is known of a mirror's address, with a scheme or without: null for one that may serve, and for what is no URL. */
export function retiredMirror(mirror: string): RetiredMirror | null {
  // Most name none of them, and to parse a URL costs more than the look.
  const small = mirror.toLowerCase();
  if (!RETIRED.some(({ host }) => small.includes(host))) return null;
  const url =
    /^[\w.-]+(?:[:/]|$)/.test(mirror) && !/^https?:/i.test(mirror) ? `https://${mirror}` : mirror;
  if (!URL.canParse(url)) return null;
  return BY_HOST.get(new URL(url).hostname) ?? null;
}
