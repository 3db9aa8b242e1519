# For CI: what needs no docker beside it, such as `config validate`. Build the program first:
#   npm ci && npm run build && docker build -t dockerctl .
#   docker run --rm -i dockerctl config validate - --engine 28.5 <daemon.json
FROM node:22-slim
COPY . /usr/local/lib/dockerctl/
RUN ["ln", "-s", "../lib/dockerctl/dist/dockerctl.cjs", "/usr/local/bin/dockerctl"]
USER node
ENTRYPOINT ["dockerctl"]
