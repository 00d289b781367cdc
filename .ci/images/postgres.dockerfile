FROM gameday-ci/debian-with-git
COPY postgres-entrypoint /usr/local/bin/
EXPOSE 5432
ENTRYPOINT ["postgres-entrypoint"]
CMD ["postgres"]
